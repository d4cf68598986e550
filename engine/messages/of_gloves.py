"""What is said of gloves: connections, and what they send."""

GLOVES = {
    "glove.spec-unknown": (
        "{spec}: write serial:PORT, tcp:HOST:PORT, udp:PORT, osc:PORT, lsl:NAME, ble:ID,"
        " phone:HOST:PORT, logger:PORT or replay:FILE"
    ),
    "glove.spec-port": "{spec}: {port} is no port; write a number from 1 to 65535",
    "glove.no-bytes": "{name}: connected, but nothing comes. Is it switched on?",
    "glove.no-frames": "{name}: something comes, but nothing of it can be read",
    "glove.lost": "{name}: the glove is gone. The camera goes on alone; plug it in again.",
    # Connections.
    "glove.no-port": "{name}: there is no such port. Plug the glove in.",
    "glove.port-denied": (
        "{name}: you may not open this port. Join the group dialout, then sign in again."
    ),
    "glove.port-busy": "{name}: another program holds this port. Close that program.",
    "glove.port-failed": "{name}: it cannot be opened: {reason}. Check the address or the cable.",
    "glove.no-answer": "{name}: nobody answers there. Is the glove on, in the same network?",
    "glove.address-taken": "Port {port}: another program listens there; close it or take another",
    "glove.nobody-sends": (
        "{name}: nothing comes. Send to this computer, port {port}; a firewall may hold it back."
    ),
    "glove.no-stream": "{name}: no such stream. Start it; a firewall may hide it.",
    "glove.stream-channels": (
        "{name}: its channels are not named; name them ax, ay, az, gx, gy, gz"
    ),
    "glove.no-lsl": "Lab Streaming Layer does not work here: {reason}",
    "glove.no-bluetooth": "Bluetooth does not work on this computer: {reason}",
    "glove.bluetooth-not-allowed": (
        "Bluetooth may not be used: allow it for SignMirror in the system's privacy settings"
    ),
    "glove.on-forearm": "{name} is worn on the forearm: signs of the wrist look different there",
    "glove.search-failed": "Gloves cannot be looked for here: {reason}",
    "glove.bluetooth-off": "Bluetooth is off. Switch it on.",
    "glove.ble-not-found": "{name}: not in reach. Switch it on and hold it near.",
    "glove.ble-unknown": "{name}: SignMirror does not know what this Bluetooth device sends",
    "glove.ble-slow": "{name}: Bluetooth does not answer; trying again",
    "glove.phone-refused": "{name}: the app gives no sensors. Start SensorServer anew.",
    "glove.no-recording": "{name}: there is no such recording",
    "glove.recording-failed": "{name}: the recording cannot be opened: {reason}",
    "glove.recording-empty": "{name}: no recording of a glove",
    "glove.recording-ended": "{name}: the recording is over",
    "glove.no-serial-ports": "No serial port is here. Plug a glove in.",
    "glove.recipe-elsewhere": "{spec}: nothing described by {name} is sent there",
    "glove.ports-failed": "Serial ports cannot be listed: {reason}",
    # Recipes and what is in the data.
    "glove.recipe-damaged": "{file}: field {field}: {reason}",
    "glove.recipe-unknown": "{name}: there is no such recipe for a glove",
    "glove.format-unclear": (
        "{name}: {count} values a line come, and which is which is not clear. Turn the glove about."
    ),
    "glove.format-unreadable": "{name}: what comes is neither text nor a known kind of packets",
    "glove.lacks-acceleration": "{name}: it sends no accelerations, which are needed",
    "glove.lacks-gravity": (
        "{name}: it takes gravity out and sends no orientation. Set it to send raw accelerations."
    ),
    "glove.lacks-rates": "{name}: it has no gyroscope and sends no orientation; both are missing",
    "glove.fingers-only": "{name}: it tells how fingers bend, but not how the hand moves",
    "glove.frozen": "{name}: the sensor repeats itself while the hand moves. Switch it off and on.",
    "glove.not-fitted": "{name}: say first how it is worn: hold still, then circle one hand",
    "glove.both-left": (
        "{name}: another sensor is on the left hand already. Say which hand this one is on: open"
        " “Glove…”, “Hold still, circle”, “Correct it”."
    ),
    "glove.both-right": (
        "{name}: another sensor is on the right hand already. Say which hand this one is on: open"
        " “Glove…”, “Hold still, circle”, “Correct it”."
    ),
    "glove.no-use-of-fingers": (
        "{name}: it tells how fingers bend, and this vocabulary asks how the hand moves."
        " Choose a vocabulary for gloves."
    ),
    "glove.needs-fingers": (
        "{name}: this vocabulary needs a glove that tells {count} angles of fingers, and this one"
        " tells how the hand moves. Choose another vocabulary."
    ),
    "glove.other-fingers": (
        "{name}: this vocabulary needs {count} angles of fingers, and this glove tells {found}."
        " Choose another vocabulary."
    ),
    "glove.bundle-needs-one": "{name}: this vocabulary needs a glove, and no camera (--glove)",
}
