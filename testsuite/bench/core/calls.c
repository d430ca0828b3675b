/* calls - direct calls: Fibonacci numbers, Ackermann's function and Takeuchi's, recursively. */
#include "core.h"

static __attribute__((noinline)) uint32_t
fibonacci(uint32_t n)
{
	return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

static __attribute__((noinline)) uint32_t
ackermann(uint32_t m, uint32_t n)
{
	if (m == 0)
		return n + 1;
	return n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1));
}

static __attribute__((noinline)) int32_t
takeuchi(int32_t x, int32_t y, int32_t z)
{
	if (y >= x)
		return z;
	return takeuchi(takeuchi(x - 1, y, z), takeuchi(y - 1, z, x), takeuchi(z - 1, x, y));
}

__attribute__((export_name("run"))) uint32_t
run(void)
{
	uint32_t sum = mix(0, fibonacci(32));
	sum = mix(sum, ackermann(2, 700));
	for (int i = 0; i < 25; i++)
		sum = mix(sum, (uint32_t)takeuchi(18, 12, 6));
	return sum;
}
