/* indirect - calls through a table: a small stack machine, each of whose operations is a function, and a
 * tree of expressions, each of whose nodes has a function that gives its value. */
#include "core.h"

struct machine {
	const struct step *at;
	uint32_t *top;
	uint32_t stack[32];
	uint32_t vars[4];
};

struct step {
	void (*run)(struct machine *m, uint32_t arg);
	uint32_t arg;
};

static void
op_push(struct machine *m, uint32_t arg)
{
	*++m->top = arg;
}

static void
op_get(struct machine *m, uint32_t arg)
{
	*++m->top = m->vars[arg];
}

static void
op_set(struct machine *m, uint32_t arg)
{
	m->vars[arg] = *m->top--;
}

static void
op_add(struct machine *m, uint32_t arg)
{
	m->top--;
	*m->top += m->top[1] + arg;
}

static void
op_xor(struct machine *m, uint32_t arg)
{
	m->top--;
	*m->top ^= m->top[1] + arg;
}

static void
op_shift(struct machine *m, uint32_t arg)
{
	*m->top = *m->top << arg | *m->top >> (32 - arg);
}

static void
op_loop(struct machine *m, uint32_t arg)
{
	if (*m->top--)
		m->at -= arg;
}

static void
op_stop(struct machine *m, uint32_t arg)
{
	m->vars[arg] ^= 1;
	m->at = NULL;
}

/* do { b = rotate(b ^ a, 5) + c; c = c + b; a = a - 1; } while (a); */
static const struct step program[] = {
	{op_get, 1},
	{op_get, 0},
	{op_xor, 0},
	{op_shift, 5},
	{op_get, 2},
	{op_add, 0},
	{op_set, 1},
	{op_get, 2},
	{op_get, 1},
	{op_add, 0},
	{op_set, 2},
	{op_get, 0},
	{op_push, 0},
	{op_add, ~0u},
	{op_set, 0},
	{op_get, 0},
	{op_loop, 17},
	{op_stop, 3},
};

static uint32_t
interpret(uint32_t count)
{
	static struct machine m;
	m.at = program;
	m.top = m.stack;
	for (uint32_t i = 1; i < 4; i++)
		m.vars[i] = i;
	m.vars[0] = count;
	while (m.at) {
		const struct step *s = m.at++;
		s->run(&m, s->arg);
	}
	return m.vars[1] ^ m.vars[2];
}

#define DEPTH 9

static struct tree {
	uint32_t (*value)(const struct tree *t);
	const struct tree *left, *right;
	uint32_t leaf;
} trees[1 << (DEPTH + 1)];

static uint32_t
value_leaf(const struct tree *t)
{
	return t->leaf;
}

static uint32_t
value_sum(const struct tree *t)
{
	return t->left->value(t->left) + t->right->value(t->right);
}

static uint32_t
value_product(const struct tree *t)
{
	return t->left->value(t->left) * (t->right->value(t->right) | 1);
}

static uint32_t
value_choice(const struct tree *t)
{
	uint32_t x = t->left->value(t->left);
	return x & 1 ? t->right->value(t->right) ^ x : x >> 1;
}

static void
grow(void)
{
	static uint32_t (*const kinds[])(const struct tree *) = {
		value_sum, value_product, value_choice};
	for (uint32_t i = 1; i < 1u << (DEPTH + 1); i++) {
		int leaf = i >= 1u << DEPTH;
		trees[i].leaf = next_random();
		trees[i].value = leaf ? value_leaf : kinds[next_random() % 3];
		trees[i].left = leaf ? NULL : &trees[2 * i];
		trees[i].right = leaf ? NULL : &trees[2 * i + 1];
	}
}

__attribute__((export_name("run"))) uint32_t
run(void)
{
	uint32_t sum = interpret(400000);
	grow();
	for (int i = 0; i < 10000; i++) {
		sum = mix(sum, trees[1].value(&trees[1]));
		trees[(1 << DEPTH) + (i & 511)].leaf += sum;
	}
	return sum;
}
