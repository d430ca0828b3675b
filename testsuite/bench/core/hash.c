/* hash - SHA-256 (FIPS 180-4), CRC-32 by a table, and SipHash-2-4, over a buffer of random bytes. */
#include "core.h"

#define BYTES (128 * 1024)

static _Alignas(8) uint8_t buffer[BYTES];

/* The first 32 bits of the fractions of the cube roots of the first 64 primes. */
static uint32_t round_constants[64];

static uint32_t
rotate(uint32_t x, int n)
{
	return x >> n | x << (32 - n);
}

static uint64_t
rotate_left(uint64_t x, int n)
{
	return x << n | x >> (64 - n);
}

/* In double precision, by bisection: the low 32 bits of floor(2^32 * cube root). */
static uint32_t
cube_root_fraction(uint32_t prime)
{
	double low = 0, high = 8;
	for (int i = 0; i < 60; i++) {
		double middle = (low + high) / 2;
		if (middle * middle * middle <= prime)
			low = middle;
		else
			high = middle;
	}
	return (uint32_t)(uint64_t)(low * 4294967296.0);
}

static void
make_constants(void)
{
	uint32_t n = 0;
	for (uint32_t p = 2; n < 64; p++) {
		uint32_t d = 2;
		while (d * d <= p && p % d)
			d++;
		if (d * d > p)
			round_constants[n++] = cube_root_fraction(p);
	}
}

static void
sha256_block(uint32_t h[8], const uint8_t *at)
{
	uint32_t w[64], v[8];
	for (int i = 0; i < 16; i++, at += 4)
		w[i] = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
	for (int i = 16; i < 64; i++) {
		uint32_t a = w[i - 15], b = w[i - 2];
		w[i] = w[i - 16] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) + w[i - 7] +
		       (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
	}
	for (int i = 0; i < 8; i++)
		v[i] = h[i];
	for (int i = 0; i < 64; i++) {
		uint32_t e = v[4], a = v[0];
		uint32_t t = v[7] + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) +
			     ((e & v[5]) ^ (~e & v[6])) + round_constants[i] + w[i];
		uint32_t s = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) +
			     ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]));
		for (int k = 7; k > 0; k--)
			v[k] = v[k - 1];
		v[4] += t;
		v[0] = t + s;
	}
	for (int i = 0; i < 8; i++)
		h[i] += v[i];
}

static uint32_t
sha256(void)
{
	uint32_t h[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c,
		0x1f83d9ab, 0x5be0cd19};
	for (uint32_t i = 0; i < BYTES; i += 64)
		sha256_block(h, buffer + i);
	return h[0] ^ h[7];
}

static uint32_t
crc32(void)
{
	static uint32_t table[256];
	uint32_t crc = ~0u;
	for (uint32_t i = 0; i < 256; i++) {
		table[i] = i;
		for (int k = 0; k < 8; k++)
			table[i] = table[i] & 1 ? table[i] >> 1 ^ 0xedb88320u : table[i] >> 1;
	}
	for (uint32_t i = 0; i < BYTES; i++)
		crc = table[(crc ^ buffer[i]) & 255] ^ crc >> 8;
	return ~crc;
}

static void
sip_round(uint64_t v[4])
{
	v[0] += v[1];
	v[2] += v[3];
	v[1] = rotate_left(v[1], 13) ^ v[0];
	v[3] = rotate_left(v[3], 16) ^ v[2];
	v[0] = rotate_left(v[0], 32);
	v[2] += v[1];
	v[0] += v[3];
	v[1] = rotate_left(v[1], 17) ^ v[2];
	v[3] = rotate_left(v[3], 21) ^ v[0];
	v[2] = rotate_left(v[2], 32);
}

static uint32_t
siphash(uint64_t key)
{
	const uint64_t *words = (const uint64_t *)buffer;
	uint64_t v[4] = {key ^ 0x736f6d6570736575, ~key ^ 0x646f72616e646f6d,
		key ^ 0x6c7967656e657261, ~key ^ 0x7465646279746573};
	for (uint32_t i = 0; i < BYTES; i += 8) {
		uint64_t word = words[i / 8];
		v[3] ^= word;
		for (int k = 0; k < 2; k++)
			sip_round(v);
		v[0] ^= word;
	}
	v[2] ^= 255;
	for (int k = 0; k < 4; k++)
		sip_round(v);
	uint64_t all = v[0] ^ v[1] ^ v[2] ^ v[3];
	return (uint32_t)(all >> 32 ^ all);
}

__attribute__((export_name("run"))) uint32_t
run(void)
{
	uint32_t sum = 0;
	make_constants();
	for (uint32_t i = 0; i < BYTES; i++)
		buffer[i] = (uint8_t)next_random();
	for (int i = 0; i < 15; i++) {
		sum = mix(sum, sha256());
		sum = mix(sum, crc32());
		sum = mix(sum, siphash(sum));
		buffer[i] ^= (uint8_t)sum;
	}
	return sum;
}
