// A glove for SignMirror: one motion sensor on an Arduino or ESP32, over USB, and over Bluetooth
// where the board is an ESP32. Choose the three lines below, and upload.
#define SENSOR_MPU6050        // or SENSOR_LSM6DS3, or SENSOR_BNO055
#define HAND 'R'              // 'L' or 'R'
#define RATE_HZ 100

#include <Wire.h>
#if defined(ESP32)
#include <BLEDevice.h>
#include <BLE2902.h>
#define NUS "6E400001-B5A3-F393-E0A9-E50E24DCCA9E"
#define NUS_TX "6E400003-B5A3-F393-E0A9-E50E24DCCA9E"
static BLECharacteristic *sender = nullptr; static volatile bool listened = false;
#endif
#if defined(SENSOR_MPU6050)
static const uint8_t ADDRESS = 0x68, FIRST = 0x3B;
static const float G_PER = 1 / 8192.0f, DPS_PER = 1 / 32.8f;         // +-4 g, +-1000 deg/s
#elif defined(SENSOR_LSM6DS3)
static const uint8_t ADDRESS = 0x6A, FIRST = 0x22;
static const float G_PER = 0.000122f, DPS_PER = 0.035f;              // +-4 g, +-1000 deg/s
#else
static const uint8_t ADDRESS = 0x28, FIRST = 0x08;
static const float G_PER = 1 / 1000.0f, DPS_PER = 1 / 16.0f;         // mg and 1/16 deg/s
#endif

static uint32_t sequence = 0, nextUs, headedMs = 0;
static char batch[244]; static size_t filled = 0;

static void put(uint8_t reg, uint8_t value) {
  Wire.beginTransmission(ADDRESS); Wire.write(reg); Wire.write(value); Wire.endTransmission();
}

static bool get(uint8_t reg, uint8_t *into, uint8_t count) {
  Wire.beginTransmission(ADDRESS); Wire.write(reg);
  if (Wire.endTransmission(false) != 0 || Wire.requestFrom(ADDRESS, count) != count) return false;
  for (uint8_t i = 0; i < count; i++) into[i] = Wire.read();
  return true;
}

static inline int16_t big(const uint8_t *b) { return (int16_t)((b[0] << 8) | b[1]); }
static inline int16_t little(const uint8_t *b) { return (int16_t)((b[1] << 8) | b[0]); }
// A read that fails sends nothing: a value that is repeated would look like a hand at rest.
static bool readSensor(float *acc, float *gyro) {
  uint8_t b[18];
#if defined(SENSOR_MPU6050)
  if (!get(FIRST, b, 14)) return false;
  for (int i = 0; i < 3; i++) { acc[i] = big(b + 2 * i) * G_PER; gyro[i] = big(b + 8 + 2 * i) * DPS_PER; }
#elif defined(SENSOR_LSM6DS3)
  if (!get(FIRST, b, 12)) return false;
  for (int i = 0; i < 3; i++) { gyro[i] = little(b + 2 * i) * DPS_PER; acc[i] = little(b + 6 + 2 * i) * G_PER; }
#else
  if (!get(FIRST, b, 18)) return false;
  for (int i = 0; i < 3; i++) { acc[i] = little(b + 2 * i) * G_PER; gyro[i] = little(b + 12 + 2 * i) * DPS_PER; }
#endif
  return true;
}
static void startSensor() {
#if defined(SENSOR_MPU6050)
  put(0x6B, 0x01); put(0x1A, 0x02); put(0x1B, 0x10); put(0x1C, 0x08);   // awake, 94 Hz low pass
#elif defined(SENSOR_LSM6DS3)
  put(0x10, 0x48); put(0x11, 0x48); put(0x12, 0x44);                    // 104 Hz, whole samples
#else
  delay(700); put(0x3D, 0x00); delay(25); put(0x3B, 0x01); put(0x3D, 0x07); delay(25); // raw, mg
#endif
}
static void flush() {
#if defined(ESP32)
  if (listened && filled) { sender->setValue((uint8_t *)batch, filled); sender->notify(); }
#endif
  filled = 0;
}
static void say(const char *line) {
  Serial.print(line);
  size_t length = strlen(line);
  if (filled + length > sizeof(batch)) flush();          // several samples in one notification
  memcpy(batch + filled, line, length);
  filled += length;
}
void setup() {
  Serial.begin(115200);
  Wire.begin(); Wire.setClock(400000);
  startSensor();
#if defined(ESP32)
  BLEDevice::init(HAND == 'L' ? "SignMirror L" : "SignMirror R");
  BLEDevice::setMTU(247);
  BLEServer *server = BLEDevice::createServer();
  struct Callbacks : BLEServerCallbacks {
    void onConnect(BLEServer *s, esp_ble_gatts_cb_param_t *p) override {
      s->updateConnParams(p->connect.remote_bda, 6, 12, 0, 200);   // 7.5 to 15 ms
      listened = true; headedMs = 0;                               // the header comes first
    }
    void onDisconnect(BLEServer *s) override { listened = false; s->startAdvertising(); }
  };
  server->setCallbacks(new Callbacks()); BLEService *service = server->createService(NUS);
  sender = service->createCharacteristic(NUS_TX, BLECharacteristic::PROPERTY_NOTIFY);
  sender->addDescriptor(new BLE2902());
  service->start();
  BLEDevice::getAdvertising()->addServiceUUID(NUS); BLEDevice::startAdvertising();
#endif
  nextUs = micros();
}
void loop() {
  if ((int32_t)(micros() - nextUs) < 0) return;
  uint32_t now = micros();
  nextUs += 1000000UL / RATE_HZ;
  if ((int32_t)(now - nextUs) > 0) nextUs = now;          // after a stall, not in a rush
  char line[120], n[6][14];
  if (headedMs == 0 || millis() - headedMs > 5000) {
    headedMs = millis() | 1;
    snprintf(line, sizeof(line), "#signmirror 1 hand=%c cols=t:us,seq,ax:g,ay:g,az:g,gx:dps,gy:dps,gz:dps\n", HAND);
    say(line);
  }
  float v[6];
  if (!readSensor(v, v + 3)) { sequence++; return; }
  for (int i = 0; i < 6; i++) dtostrf(v[i], 1, i < 3 ? 4 : 2, n[i]);
  snprintf(line, sizeof(line), "%lu,%lu,%s,%s,%s,%s,%s,%s\n", (unsigned long)now,
           (unsigned long)sequence++, n[0], n[1], n[2], n[3], n[4], n[5]);
  say(line);
}
