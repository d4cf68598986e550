// The sketch is included as the Arduino tool would: with Arduino.h before it.
#include "Arduino.h"
#include SKETCH

int main(int argc, char **argv) {
  int loops = atoi(argv[1]);
  for (int i = 2; i + 1 < argc; i += 2)
    Wire.registers[strtol(argv[i], nullptr, 16)] = (uint8_t)strtol(argv[i + 1], nullptr, 16);
  setup();
  for (int i = 2; i + 1 < argc; i += 2)
    Wire.registers[strtol(argv[i], nullptr, 16)] = (uint8_t)strtol(argv[i + 1], nullptr, 16);
  for (int i = 0; i < loops; i++) loop();
  return 0;
}
