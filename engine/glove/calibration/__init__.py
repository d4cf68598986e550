"""From a device's own units and axes to the wrist's."""
