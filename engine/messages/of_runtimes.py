"""What runs the networks, and why it is something else than was wanted."""

RUNTIMES = {
    "runtime.preparation-ended": (
        "the process that prepares faster networks has ended unexpectedly; what happened is written"
        " in {log}"
    ),
    "runtime.instead": "{title}: {reason}; {used} is used instead",
    "runtime.no-torch": (
        "PyTorch, which this needs, is not installed; it is fetched by: python -m pip install"
        ' "signmirror[torch]"'
    ),
    "runtime.nothing-left": (
        "{title}: {reason}; nothing else that is installed can run the networks of this vocabulary"
    ),
    "runtime.no-card": "no CUDA graphics card on this computer",
    "runtime.card-precision": "CUDA cannot run this network in {precision} here",
    "runtime.card-failed": "CUDA failed ({reason})",
    "runtime.not-computed": "this processor does not compute in {precision}",
    "runtime.no-openvino": "OpenVINO does not load on this computer ({reason})",
    "runtime.no-processor": "OpenVINO finds no processor ({reason})",
    "runtime.not-converted": "OpenVINO cannot convert it ({reason})",
    "runtime.not-run": "{name}: OpenVINO cannot run this network ({reason})",
    "runtime.openvino-failed": "OpenVINO failed ({reason})",
    "runtime.no-nncf": "NNCF, which makes int8 networks, is not installed",
    "runtime.no-int8": "this vocabulary brings no int8 network",
    "runtime.damaged": "{name}: damaged; it is made again at the next start",
    "runtime.preparation-kept": "{name}: faster networks cannot be kept here ({reason})",
}
