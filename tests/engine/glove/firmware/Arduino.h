// Enough of an Arduino to run a sketch on this computer: a clock that goes on with every look at
// it, a serial port that is standard output, and a sensor with known registers.
#pragma once
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t boardUs = 0;
inline uint32_t micros() { boardUs += 50; return (uint32_t)boardUs; }
inline uint32_t millis() { return (uint32_t)(boardUs / 1000); }
inline void delay(uint32_t ms) { boardUs += 1000ull * ms; }
inline char *dtostrf(double value, signed char width, unsigned char digits, char *into) {
  sprintf(into, "%*.*f", width, digits, value);
  return into;
}
struct SerialPort {
  void begin(long) {}
  void print(const char *text) { fputs(text, stdout); }
};
static SerialPort Serial;
