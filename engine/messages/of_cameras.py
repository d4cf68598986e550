"""Why a camera gives no pictures, beside the computer or on the network."""

CAMERAS = {
    "camera.absent": ("{name}: there is no such camera. Connect it, or choose another source."),
    "camera.gone": "{name}: this camera is not connected. Connect it, or choose another source.",
    "camera.forbidden": (
        "{name}: you may not use this camera ({device}). Join the group 'video' and log in again."
    ),
    "camera.in-use": (
        "{name}: the camera cannot be opened, it is in use by another program. Close it and try"
        " again."
    ),
    "camera.closed": (
        "{name}: the camera cannot be opened. It is not connected, or in use by another program:"
        " close it and try again."
    ),
    "camera.stopped": (
        "{name}: the camera stopped sending pictures. Check its cable, or choose another source."
    ),
    "address.scheme": ("{name}: no such kind of address as {scheme}://; use http:// or rtsp://"),
    "address.slashes": "{name}: this address is not complete; write it as {scheme}://…",
    "address.no-address": "{name}: this is no address; write one as http://… or rtsp://…",
    "address.no-host": "{name}: the name of the host is missing after {scheme}://",
    "address.port": "{name}: the port must be a number from 1 to 65535",
    "address.damaged": "{name}: this address is misspelt; check it",
    "address.file-elsewhere": "{name}: this file is on another computer; copy it to this one",
    "address.unknown-host": (
        "{name}: no such host. Check the spelling of the address, and the network."
    ),
    "address.refused": (
        "{name}: the connection was refused. Is the camera switched on, and the port right?"
    ),
    "address.unreachable": (
        "{name}: the camera cannot be reached. Check the network and the address."
    ),
    "address.silent": "{name}: no answer in time. Check that the camera is on, and the network.",
    "address.password-missing": (
        "{name}: the camera wants a user name and a password. Write them into the address:"
        " {scheme}://USER:PASSWORD@{name}/…"
    ),
    "address.password-wrong": "{name}: the camera refuses this user name or password",
    "address.forbidden": "{name}: the camera forbids this address. Check the user's rights on it.",
    "address.not-found": (
        "{name}: the host answers, but there is nothing at this address. Check what follows the"
        " host's name."
    ),
    "address.trouble": "{name}: the camera answers with an error of its own. Start it again.",
    "address.no-pictures": "{name}: what answers there is no video stream",
}
