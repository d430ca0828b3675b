/* memory - loads and stores: copies and fills by hand, in bytes and in words, a product of matrices of
 * integers, and a walk along a linked list that lies in random order. */
#include "core.h"

#define BYTES 65536
#define SIDE  120
#define NODES 16384

static uint8_t from[BYTES], to[BYTES];
static int32_t left[SIDE][SIDE], right[SIDE][SIDE], product[SIDE][SIDE];
static struct node {
	struct node *next;
	uint32_t value;
} nodes[NODES];

static uint32_t
copy_and_fill(void)
{
	uint32_t *words = (uint32_t *)from, sum = 0;
	for (uint32_t i = 0; i < BYTES; i++)
		from[i] = (uint8_t)(i * 7);
	for (uint32_t i = 0; i < BYTES; i++)
		to[i] = from[BYTES - 1 - i];
	for (uint32_t i = 0; i < BYTES / 4; i++)
		words[i] = ((uint32_t *)to)[i] + i;
	for (uint32_t i = 0; i < BYTES; i++)
		sum = sum * 31 + from[i];
	return sum;
}

static uint32_t
multiply(void)
{
	uint32_t sum = 0;
	for (int i = 0; i < SIDE; i++)
		for (int k = 0; k < SIDE; k++) {
			left[i][k] = i * 3 + k;
			right[i][k] = i - k * 5;
		}
	for (int i = 0; i < SIDE; i++)
		for (int k = 0; k < SIDE; k++) {
			int32_t dot = 0;
			for (int m = 0; m < SIDE; m++)
				dot += left[i][m] * right[m][k];
			product[i][k] = dot;
			sum = mix(sum, (uint32_t)dot);
		}
	return sum;
}

/* Sattolo's shuffle, which makes one cycle of all. */
static void
link_nodes(void)
{
	static uint16_t order[NODES];
	for (uint32_t i = 0; i < NODES; i++)
		order[i] = (uint16_t)i;
	for (uint32_t i = NODES - 1; i > 0; i--) {
		uint32_t k = next_random() % i;
		uint16_t swap = order[i];
		order[i] = order[k];
		order[k] = swap;
	}
	for (uint32_t i = 0; i < NODES; i++) {
		nodes[order[i]].next = &nodes[order[(i + 1) % NODES]];
		nodes[order[i]].value = next_random();
	}
}

static uint32_t
walk(uint32_t steps)
{
	uint32_t sum = 0;
	for (struct node *n = nodes; steps; steps--, n = n->next) {
		sum += n->value;
		n->value ^= sum;
	}
	return sum;
}

__attribute__((export_name("run"))) uint32_t
run(void)
{
	uint32_t sum = 0;
	for (int i = 0; i < 50; i++)
		sum = mix(sum, copy_and_fill());
	for (int i = 0; i < 8; i++)
		sum = mix(sum, multiply());
	link_nodes();
	return mix(sum, walk(2000000));
}
