/* float - floating point: bodies that attract each other (64 bits, with square roots and divisions), the
 * Mandelbrot set (64 bits), and a blur of an image (32 bits). */
#include "core.h"

#define BODIES 5
#define SIDE   96

static struct body {
	double at[3], speed[3], mass;
} bodies[BODIES];
static float image[SIDE][SIDE], blurred[SIDE][SIDE];

static void
place_bodies(void)
{
	for (int i = 0; i < BODIES; i++) {
		bodies[i].mass = i ? 0.01 * i : 39.0;
		for (int d = 0; d < 3; d++) {
			bodies[i].at[d] = i ? (double)(next_random() % 2000) / 100 - 10 : 0;
			bodies[i].speed[d] = i ? (double)(next_random() % 200) / 100 - 1 : 0;
		}
	}
}

static void
attract(struct body *a, struct body *b, double step)
{
	double way[3], square = 0;
	for (int d = 0; d < 3; d++) {
		way[d] = a->at[d] - b->at[d];
		square += way[d] * way[d];
	}
	double pull = step / (square * __builtin_sqrt(square));
	for (int d = 0; d < 3; d++) {
		a->speed[d] -= way[d] * b->mass * pull;
		b->speed[d] += way[d] * a->mass * pull;
	}
}

static uint32_t
move_bodies(int steps)
{
	double energy = 0;
	place_bodies();
	for (int s = 0; s < steps; s++) {
		for (int i = 0; i < BODIES; i++)
			for (int k = i + 1; k < BODIES; k++)
				attract(&bodies[i], &bodies[k], 0.001);
		for (int i = 0; i < BODIES; i++)
			for (int d = 0; d < 3; d++)
				bodies[i].at[d] += 0.001 * bodies[i].speed[d];
	}
	for (int i = 0; i < BODIES; i++)
		for (int d = 0; d < 3; d++)
			energy += 0.5 * bodies[i].mass * bodies[i].speed[d] * bodies[i].speed[d];
	return (uint32_t)(int64_t)(energy * 1e9);
}

static uint32_t
mandelbrot(int side, uint32_t most)
{
	uint32_t sum = 0;
	for (int y = 0; y < side; y++)
		for (int x = 0; x < side; x++) {
			double cr = 3.0 * x / side - 2.0, ci = 2.0 * y / side - 1.0;
			double zr = 0, zi = 0;
			uint32_t n = 0;
			for (; n < most && zr * zr + zi * zi < 4; n++) {
				double next = zr * zr - zi * zi + cr;
				zi = 2 * zr * zi + ci;
				zr = next;
			}
			sum = mix(sum, n);
		}
	return sum;
}

static uint32_t
blur(int times)
{
	float sum = 0;
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++)
			image[y][x] = (float)(next_random() & 255) / 256;
	while (times--) {
		for (int y = 1; y < SIDE - 1; y++)
			for (int x = 1; x < SIDE - 1; x++)
				blurred[y][x] = image[y][x] * 0.5f +
						(image[y - 1][x] + image[y + 1][x] +
							image[y][x - 1] + image[y][x + 1]) *
							0.125f;
		for (int y = 1; y < SIDE - 1; y++)
			for (int x = 1; x < SIDE - 1; x++)
				image[y][x] = blurred[y][x];
	}
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++)
			sum += image[y][x];
	return (uint32_t)(sum * 1024);
}

__attribute__((export_name("run"))) uint32_t
run(void)
{
	uint32_t sum = mix(0, move_bodies(50000));
	sum = mix(sum, mandelbrot(250, 200));
	return mix(sum, blur(60));
}
