# A glove for SignMirror in MicroPython: an MPU-6050 on I2C, over USB and, where the board has it,
# Bluetooth. Change the four lines below, and copy this file to the board as main.py.
HAND = "R"          # "L" or "R"
SDA, SCL = 21, 22   # the pins of the sensor
RATE_HZ = 100

import struct
import time

import machine

ADDRESS, G_PER, DPS_PER = 0x68, 1 / 8192, 1 / 32.8      # +-4 g, +-1000 deg/s
HEADER = "#signmirror 1 hand=%s cols=t:us,seq,ax:g,ay:g,az:g,gx:dps,gy:dps,gz:dps\n" % HAND
LARGEST = 180       # bytes in one notification; phones and PCs allow 180 at least


class Bluetooth:
    """Nordic's UART service; several samples in one notification."""

    def __init__(self):
        import bluetooth

        self.radio, self.listener, self.waiting = bluetooth.BLE(), None, b""
        self.greet = False
        self.radio.active(True)
        try:
            self.radio.config(mtu=247)
        except (OSError, ValueError):
            pass
        self.radio.irq(self.told)
        service = bluetooth.UUID("6E400001-B5A3-F393-E0A9-E50E24DCCA9E")
        sender = (bluetooth.UUID("6E400003-B5A3-F393-E0A9-E50E24DCCA9E"), bluetooth.FLAG_NOTIFY)
        ((self.sender,),) = self.radio.gatts_register_services(((service, (sender,)),))
        name = b"SignMirror " + HAND.encode()
        self.packet = b"\x02\x01\x06" + bytes((len(name) + 1, 9)) + name
        self.uuid = bytes((17, 7)) + bytes(service)
        self.advertise()

    def advertise(self):
        self.radio.gap_advertise(100_000, adv_data=self.packet, resp_data=self.uuid)

    def told(self, event, data):
        if event == 1:
            self.listener, self.greet = data[0], True
        elif event == 2:
            self.listener, self.waiting = None, b""
            self.advertise()

    def send(self, line):
        if self.listener is None:
            return
        if self.greet:
            self.greet, line = False, HEADER.encode() + line
        if len(self.waiting) + len(line) > LARGEST:
            try:
                self.radio.gatts_notify(self.listener, self.sender, self.waiting)
            except OSError:
                pass        # the radio is full: what is lost shows in the count
            self.waiting = b""
        self.waiting += line


def main():
    bus = machine.I2C(0, sda=machine.Pin(SDA), scl=machine.Pin(SCL), freq=400_000)
    for register, value in ((0x6B, 1), (0x1A, 2), (0x1B, 0x10), (0x1C, 8)):
        bus.writeto_mem(ADDRESS, register, bytes((value,)))
    try:
        radio = Bluetooth()
    except (ImportError, OSError):
        radio = None
    period, sequence = 1_000_000 // RATE_HZ, 0
    due, headed = time.ticks_us(), None
    # The board's own count wraps every few minutes; what is sent does not.
    last, clock = time.ticks_us(), 0
    while True:
        left = time.ticks_diff(due, time.ticks_us())
        if left > 0:
            time.sleep_us(left)
        now = time.ticks_us()
        clock, last = clock + time.ticks_diff(now, last), now
        due = time.ticks_add(due, period)
        if time.ticks_diff(now, due) > 0:
            due = now       # after a stall, not in a rush
        if headed is None or time.ticks_diff(time.ticks_ms(), headed) > 5000:
            headed = time.ticks_ms()
            print(HEADER, end="")
            if radio:
                radio.send(HEADER.encode())
        try:
            raw = struct.unpack(">7h", bus.readfrom_mem(ADDRESS, 0x3B, 14))
        except OSError:
            sequence += 1   # a failed read sends nothing: a repeated value would look like rest
            continue
        acc = [v * G_PER for v in raw[:3]]
        gyro = [v * DPS_PER for v in raw[4:]]
        line = "%d,%d,%.4f,%.4f,%.4f,%.2f,%.2f,%.2f\n" % (clock, sequence, *acc, *gyro)
        sequence += 1
        print(line, end="")
        if radio:
            radio.send(line.encode())


main()
