#pragma once
#include "Arduino.h"

// One sensor: 256 registers, filled by the program around the sketch. Every 50th read fails.
struct I2cBus {
  uint8_t registers[256] = {0};
  uint8_t at = 0, left = 0, address = 0, written = 0;
  int reads = 0;
  void begin() {}
  void setClock(long) {}
  void beginTransmission(uint8_t to) { address = to; written = 0; }
  void write(uint8_t value) {
    if (written++ == 0) at = value;
    else registers[at++] = value;
  }
  uint8_t endTransmission(bool = true) { return 0; }
  uint8_t requestFrom(uint8_t, uint8_t count) { return ++reads % 50 == 0 ? 0 : (left = count); }
  int read() { return registers[at++]; }
};
static I2cBus Wire;
