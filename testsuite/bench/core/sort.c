/* sort - 100,000 numbers, by quicksort, by heapsort, and by mergesort with a comparison through a
 * pointer. */
#include "core.h"

#define COUNT 100000

static int32_t numbers[COUNT], spare[COUNT];

static void
swap(int32_t *a, int32_t *b)
{
	int32_t t = *a;
	*a = *b;
	*b = t;
}

static void
quicksort(int32_t *a, int32_t count)
{
	while (count > 12) {
		int32_t pivot = a[count / 2], i = 0, k = count - 1;
		while (i <= k) {
			while (a[i] < pivot)
				i++;
			while (a[k] > pivot)
				k--;
			if (i <= k)
				swap(&a[i++], &a[k--]);
		}
		quicksort(a + i, count - i);
		count = k + 1;
	}
	for (int32_t i = 1; i < count; i++)
		for (int32_t k = i; k > 0 && a[k - 1] > a[k]; k--)
			swap(&a[k - 1], &a[k]);
}

static void
sift(int32_t *a, int32_t at, int32_t count)
{
	int32_t value = a[at];
	for (int32_t child; (child = 2 * at + 1) < count; at = child) {
		if (child + 1 < count && a[child + 1] > a[child])
			child++;
		if (a[child] <= value)
			break;
		a[at] = a[child];
	}
	a[at] = value;
}

static void
heapsort(int32_t *a, int32_t count)
{
	for (int32_t i = count / 2; i > 0; i--)
		sift(a, i - 1, count);
	for (int32_t i = count - 1; i > 0; i--) {
		swap(&a[0], &a[i]);
		sift(a, 0, i);
	}
}

static int
by_low_bits(int32_t a, int32_t b)
{
	return (int)(a & 0xffff) - (int)(b & 0xffff);
}

static int
by_value(int32_t a, int32_t b)
{
	return a < b ? -1 : a > b;
}

static void
mergesort(int32_t *a, int32_t count, int (*compare)(int32_t, int32_t))
{
	if (count < 2)
		return;
	int32_t half = count / 2, i = 0, k = half, n = 0;
	mergesort(a, half, compare);
	mergesort(a + half, count - half, compare);
	while (i < half && k < count)
		spare[n++] = compare(a[k], a[i]) < 0 ? a[k++] : a[i++];
	while (i < half)
		spare[n++] = a[i++];
	for (int32_t m = 0; m < n; m++)
		a[m] = spare[m];
}

static uint32_t
check(uint32_t sum)
{
	for (int32_t i = 0; i < COUNT; i += 97)
		sum = mix(sum, (uint32_t)numbers[i]);
	return sum;
}

static void
shuffle(void)
{
	for (int32_t i = 0; i < COUNT; i++)
		numbers[i] = (int32_t)next_random();
}

__attribute__((export_name("run"))) uint32_t
run(void)
{
	uint32_t sum = 0;
	shuffle();
	quicksort(numbers, COUNT);
	sum = check(sum);
	shuffle();
	heapsort(numbers, COUNT);
	sum = check(sum);
	shuffle();
	mergesort(numbers, COUNT, sum & 1 ? by_low_bits : by_value);
	mergesort(numbers, COUNT, sum & 1 ? by_value : by_low_bits);
	return check(sum);
}
