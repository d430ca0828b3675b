/* component_instances.c - "Component Instances": who may be entered from where. The call
 * stacks are those of the document's diagrams. */
#include "abi.h"

static ComponentInstance *p, *c1, *c2;

static void
family(void)
{
	world_begin();
	p = ComponentInstance_new(store_, NULL);
	c1 = ComponentInstance_new(store_, p);
	c2 = ComponentInstance_new(store_, p);
}

START_TEST(the_host_enters_all_ancestors)
{
	family();
	ComponentInstance_enter_from(c1, NULL);
	ck_assert(!c1->may_enter && !p->may_enter && c2->may_enter);
	ck_assert(!ComponentInstance_may_enter_from(c2, NULL));
	ComponentInstance_leave_to(c1, NULL);
	ck_assert(c1->may_enter && p->may_enter);
	world_end();
}
END_TEST

START_TEST(siblings_call_each_other)
{
	family();
	ComponentInstance_enter_from(c1, NULL);
	ck_assert(ComponentInstance_may_enter_from(c2, c1));
	ComponentInstance_enter_from(c2, c1);
	ck_assert(!ComponentInstance_may_enter_from(c1, c2));
	world_end();
}
END_TEST

START_TEST(a_parent_is_not_left_for_its_child)
{
	family();
	ComponentInstance_enter_from(p, NULL);
	ComponentInstance_enter_from(c1, p);
	ComponentInstance_enter_from(c2, c1);
	ck_assert(ComponentInstance_may_enter_from(p, c2));
	ck_assert_uint_eq(ComponentInstance_entering_set(p, c2).len, 0);
	ck_assert(!ComponentInstance_may_enter_from(c1, p));
	world_end();
}
END_TEST

START_TEST(ancestors_are_counted_from_oneself)
{
	family();
	ComponentInstance *grandchild = ComponentInstance_new(store_, c1);
	ComponentInstances s = ComponentInstance_self_and_ancestors(grandchild);
	ck_assert_uint_eq(s.len, 3);
	ck_assert_ptr_eq(s.data[0], grandchild);
	ck_assert_ptr_eq(s.data[2], p);
	world_end();
}
END_TEST

UNIT_MAIN("component_instances", the_host_enters_all_ancestors, siblings_call_each_other,
	a_parent_is_not_left_for_its_child, ancestors_are_counted_from_oneself)
