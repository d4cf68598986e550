"""The same network on CUDA, OpenVINO or plain torch, and which of them a machine runs best."""
