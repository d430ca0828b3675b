/* stream_host.c - scenarios of run_tests.py: streams between a guest and the host.
 * test_eager_stream_completion, test_async_stream_ops, test_stream_forward,
 * test_receive_own_stream, test_host_partial_reads_writes, test_cancel_copy. */
#include "host_stream.h"

HEAP(heap_)

static ComponentInstance *inst;
static CanonicalOptions *opts;
static struct host_source *source, *outgoing;
static struct host_sink *sink, *incoming;
static uint32_t (*call_host)(uint32_t stream, uint32_t retp);
static void (*return_stream)(uint32_t i);
static bool returned;

#define MEMORY heap_.bytes.data

static void
begin(uint32_t heap_size)
{
	guest_begin();
	returned = false;
	source = outgoing = NULL;
	sink = incoming = NULL;
	heap_init(&heap_, heap_size, i32);
	inst = ComponentInstance_new(store_, NULL);
	opts = async_options(&heap_, NULL);
	guest_events(&heap_);
	guest_streams(stream_of(T("u8")), opts);
	IMPORT(return_stream, task_return(opts, stream_of(T("u8"))));
}

static bool
memory_is(uint32_t at, const char *bytes)
{
	return !memcmp(MEMORY + at, bytes, strlen(bytes));
}

static void
expect_copy(uint32_t ret, CopyResult result, uint32_t n)
{
	expect(ret == COPIED(result, n));
}

/* A call from the host with a stream, whose result is a stream that a sink reads. */
static num sink_room;

static Values
source_as_argument(void *env)
{
	(void)env;
	Values args = {0};
	append(&args, ((Value){.shared = source}));
	return args;
}

static void
sink_for_result(void *env, const Values *results)
{
	(void)env;
	expect(results->len == 1);
	sink = sink_new(results->data[0].shared, sink_room, NULL);
}

static FuncType *
from_stream_to_stream(bool async_)
{
	return functype(async_, stream_of(T("u8")), PARAMS(stream_of(T("u8"))));
}

static void
run_with_streams(void *core_func, bool async_)
{
	FuncInst f = lift(inst, core_func, from_stream_to_stream(async_), opts);
	Store_invoke(
		store_, f, (OnStart){source_as_argument, NULL}, (OnResolve){sink_for_result, NULL});
	while (store_->waiting.len)
		Store_tick(store_);
	ck_assert(returned && sink);
	ck_assert(sink->received.len == 8);
	ck_assert(!memcmp(sink->received.data, "\13\14\15\16\17\20\21\22", 8)); /* 11 to 18 */
}

/* ---- test_eager_stream_completion ---- */

/* Four bytes that came go out again, each with ten more. */
static void
add_ten(struct host_sink *from)
{
	uint8_t vs[4];
	while (from->received.len >= 4) {
		sink_consume(from, 4, vs);
		for (int i = 0; i < 4; i++)
			vs[i] += 10;
		source_write(outgoing, vs, 4);
	}
	if (from->closed)
		source_drop(&outgoing->base);
}

static void
adds_ten_at_once(host_call *call)
{
	Values args = host_args(call);
	expect(args.len == 1);
	outgoing = source_new(4, "", false);
	incoming = sink_new(args.data[0].shared, UNLIMITED, add_ten);
	host_return(call, 1, &(Value){.shared = outgoing});
}

static void
eager_guest(uint32_t in)
{
	expect(in == 1);
	uint64_t out = s.new();
	return_stream(READABLE(out));
	expect_copy(s.read(in, 0, 4), CopyResult_COMPLETED, 4);
	expect(memory_is(0, "\1\2\3\4"));
	uint64_t to_host = s.new();
	expect(call_host(READABLE(to_host), 12) == Subtask_State_RETURNED);
	uint32_t from_host = MEMORY[12];
	expect_copy(s.write(WRITABLE(to_host), 0, 4), CopyResult_COMPLETED, 4);
	expect_copy(s.read_sync(from_host, 0, 4), CopyResult_COMPLETED, 4);
	expect_copy(s.write(WRITABLE(out), 0, 4), CopyResult_COMPLETED, 4);
	expect_copy(s.read(in, 0, 4), CopyResult_DROPPED, 4);
	expect(memory_is(0, "\5\6\7\10"));
	expect_copy(s.write_sync(WRITABLE(to_host), 0, 4), CopyResult_COMPLETED, 4);
	expect_copy(s.read_sync(from_host, 0, 4), CopyResult_COMPLETED, 4);
	expect_copy(s.write_sync(WRITABLE(out), 0, 4), CopyResult_COMPLETED, 4);
	s.drop_readable(in);
	s.drop_readable(from_host);
	s.drop_writable(WRITABLE(out));
	s.drop_writable(WRITABLE(to_host));
	returned = true;
}

START_TEST(test_eager_stream_completion)
{
	begin(20);
	sink_room = UNLIMITED;
	source = source_new(4, "\1\2\3\4\5\6\7\10", true);
	FuncType *ft = from_stream_to_stream(false);
	IMPORT(call_host, lower(inst, host_func(adds_ten_at_once, ft), ft, opts));
	run_with_streams(eager_guest, false);
	scenario_end();
}
END_TEST

/* ---- test_async_stream_ops ---- */

static bool
four_came(void *env)
{
	struct host_sink *from = env;
	return from->received.len >= 4 || from->closed;
}

static void
adds_ten_in_a_task(host_call *call)
{
	Values args = host_args(call);
	uint8_t vs[4];
	expect(args.len == 1);
	incoming = sink_new(args.data[0].shared, 0, NULL);
	outgoing = source_new(4, "", false);
	host_return(call, 1, &(Value){.shared = outgoing});
	for (;;) {
		Thread_wait_until(call->thread, (ReadyFunc){four_came, incoming}, true);
		if (!sink_consume(incoming, 4, vs))
			break;
		for (int i = 0; i < 4; i++)
			vs[i] += 10;
		source_write(outgoing, vs, 4);
	}
	source_destroy_once_empty(outgoing);
}

static void
event_of(uint32_t set, uint32_t waitable, EventCode code, CopyResult result, uint32_t n)
{
	g.join(waitable, set);
	EXPECT_EVENT(heap_, set, 16, code, waitable, COPIED(result, n));
}

static void
async_guest_second_half(
	uint32_t set, uint32_t in, uint32_t from_host, uint32_t to_host, uint32_t out)
{
	source_write(source, (const uint8_t *)"\5\6\7\10", 4);
	source_destroy_once_empty(source);
	expect_copy(s.read(in, 0, 4), CopyResult_DROPPED, 4);
	s.drop_readable(in);
	expect(memory_is(0, "\5\6\7\10"));
	expect_copy(s.write(to_host, 0, 4), CopyResult_COMPLETED, 4);
	s.drop_writable(to_host);
	expect(s.read(from_host, 0, 4) == BLOCKED);
	event_of(set, from_host, EventCode_STREAM_READ, CopyResult_COMPLETED, 4);
	g.join(from_host, 0);
	expect_copy(s.read_sync(from_host, 0, 4), CopyResult_DROPPED, 0);
	s.drop_readable(from_host);
	expect_copy(s.write(out, 0, 4), CopyResult_COMPLETED, 4);
	s.drop_writable(out);
	g.set_drop(set);
}

static void
async_guest(uint32_t in)
{
	expect(in == 1);
	uint64_t out = s.new();
	return_stream(READABLE(out));
	expect(s.read(in, 0, 4) == BLOCKED);
	source_write(source, (const uint8_t *)"\1\2\3\4", 4);
	uint32_t set = g.set_new();
	event_of(set, in, EventCode_STREAM_READ, CopyResult_COMPLETED, 4);
	expect(memory_is(0, "\1\2\3\4"));
	uint64_t to_host = s.new();
	expect(call_host(READABLE(to_host), 16) == Subtask_State_RETURNED);
	uint32_t from_host = MEMORY[16];
	expect(from_host == 4);
	expect(s.write(WRITABLE(to_host), 0, 4) == BLOCKED);
	sink_set_remain(incoming, 100);
	event_of(set, WRITABLE(to_host), EventCode_STREAM_WRITE, CopyResult_COMPLETED, 4);
	expect_copy(s.read_sync(from_host, 0, 4), CopyResult_COMPLETED, 4);
	expect(s.write(WRITABLE(out), 0, 4) == BLOCKED);
	sink_set_remain(sink, 100);
	event_of(set, WRITABLE(out), EventCode_STREAM_WRITE, CopyResult_COMPLETED, 4);
	async_guest_second_half(set, in, from_host, WRITABLE(to_host), WRITABLE(out));
	returned = true;
}

START_TEST(test_async_stream_ops)
{
	begin(24);
	sink_room = 0;
	source = source_new(4, "", false);
	FuncType *ft = from_stream_to_stream(true);
	IMPORT(call_host, lower(inst, host_func(adds_ten_in_a_task, ft), ft, opts));
	run_with_streams(async_guest, true);
	scenario_end();
}
END_TEST

/* ---- test_stream_forward ---- */

static void *forwarded;

static uint32_t
forwarding_guest(uint32_t in)
{
	expect(in == 1);
	return in;
}

static void
keep_stream(void *env, const Values *results)
{
	(void)env;
	expect(results->len == 1);
	forwarded = results->data[0].shared;
}

START_TEST(test_stream_forward)
{
	begin(0);
	source = source_new(4, "\1\2\3\4", true);
	FuncInst f = lift(
		inst, forwarding_guest, from_stream_to_stream(false), guest_options(NULL, NULL));
	Store_invoke(
		store_, f, (OnStart){source_as_argument, NULL}, (OnResolve){keep_stream, NULL});
	ck_assert_ptr_eq(forwarded, source);
	scenario_end();
}
END_TEST

/* ---- test_receive_own_stream ---- */

static void
returns_its_argument(host_call *call)
{
	Values args = host_args(call);
	expect(args.len == 1);
	host_return(call, 1, args.data);
}

static void
receiving_guest(void)
{
	uint64_t ends = s.new();
	expect(READABLE(ends) == 1 && WRITABLE(ends) == 2);
	expect(s.write(2, 0, 4) == BLOCKED);
	expect(call_host(1, 8) == Subtask_State_RETURNED);
	expect(memory_is(8, "\1") && !MEMORY[9] && !MEMORY[10] && !MEMORY[11]);
	expect_copy(s.cancel_write(2), CopyResult_CANCELLED, 0);
	s.drop_writable(2);
	returned = true;
}

START_TEST(test_receive_own_stream)
{
	begin(20);
	FuncType *ft = from_stream_to_stream(false);
	IMPORT(call_host, lower(inst, host_func(returns_its_argument, ft), ft, opts));
	RUN(lift(inst, receiving_guest, functype(true, NULL, NULL), guest_options(NULL, NULL)));
	ck_assert(returned);
	scenario_end();
}
END_TEST

/* ---- test_host_partial_reads_writes ---- */

static uint32_t (*call_for_source)(uint32_t retp);
static uint32_t (*call_with_sink)(uint32_t stream);
static num new_sink_room;

static void
returns_the_source(host_call *call)
{
	expect(host_args(call).len == 0);
	host_return(call, 1, &(Value){.shared = source});
}

static void
makes_a_sink(host_call *call)
{
	Values args = host_args(call);
	expect(args.len == 1);
	sink = sink_new(args.data[0].shared, new_sink_room, NULL);
	host_return(call, 0, NULL);
}

static uint32_t
reads_in_parts(void)
{
	expect(call_for_source(4) == Subtask_State_RETURNED);
	expect(MEMORY[4] == 1);
	expect_copy(s.read(1, 0, 4), CopyResult_COMPLETED, 2);
	expect(memory_is(0, "\1\2"));
	expect_copy(s.read(1, 0, 4), CopyResult_COMPLETED, 2);
	expect(memory_is(0, "\3\4"));
	expect(s.read(1, 0, 4) == BLOCKED);
	source_write(source, (const uint8_t *)"\5\6", 2);
	uint32_t set = g.set_new();
	g.join(1, set);
	EXPECT_EVENT(heap_, set, 4, EventCode_STREAM_READ, 1, COPIED(CopyResult_COMPLETED, 2));
	s.drop_readable(1);
	return set;
}

static void
partial_guest(void)
{
	uint8_t rest[100];
	uint32_t set = reads_in_parts();
	uint64_t ends = s.new();
	expect(READABLE(ends) == 1 && WRITABLE(ends) == 3);
	expect(call_with_sink(1) == Subtask_State_RETURNED);
	memcpy(MEMORY, "\1\2\3\4\5\6", 6);
	expect_copy(s.write(3, 0, 6), CopyResult_COMPLETED, 2);
	expect(s.write(3, 2, 4) == BLOCKED);
	sink_set_remain(sink, 4);
	g.join(3, set);
	EXPECT_EVENT(heap_, set, 4, EventCode_STREAM_WRITE, 3, COPIED(CopyResult_COMPLETED, 4));
	expect(sink->received.len == 6 && !memcmp(sink->received.data, "\1\2\3\4\5\6", 6));
	s.drop_writable(3);
	g.set_drop(set);
	sink_set_remain(sink, 100);
	expect(!sink_consume(sink, 100, rest));
	returned = true;
}

static void
import_source_and_sink(void)
{
	FuncType *source_ft = functype(false, stream_of(T("u8")), NULL);
	FuncType *sink_ft = functype(false, NULL, PARAMS(stream_of(T("u8"))));
	IMPORT(call_for_source,
		lower(inst, host_func(returns_the_source, source_ft), source_ft, opts));
	IMPORT(call_with_sink, lower(inst, host_func(makes_a_sink, sink_ft), sink_ft, opts));
}

START_TEST(test_host_partial_reads_writes)
{
	begin(20);
	new_sink_room = 2;
	source = source_new(2, "\1\2\3\4", false);
	import_source_and_sink();
	RUN(lift(inst, partial_guest, functype(true, NULL, NULL), guest_options(NULL, NULL)));
	ck_assert(returned);
	scenario_end();
}
END_TEST

/* ---- test_cancel_copy ---- */

/* A write of four bytes of which the host takes two, cancelled then: it had come that far. */
static void
cancel_half_a_write(const char *bytes, uint32_t (*cancel_write)(uint32_t i))
{
	uint8_t got[100];
	uint64_t ends = s.new();
	expect(call_with_sink(READABLE(ends)) == Subtask_State_RETURNED);
	memcpy(MEMORY, bytes, 4);
	expect(s.write(WRITABLE(ends), 0, 4) == BLOCKED);
	sink_set_remain(sink, 2);
	expect(sink_consume(sink, 2, got) && !memcmp(got, bytes, 2));
	expect_copy(cancel_write(WRITABLE(ends)), CopyResult_COMPLETED, 2);
	s.drop_writable(WRITABLE(ends));
	sink_set_remain(sink, 100);
	expect(!sink_consume(sink, 100, got));
}

static uint32_t
start_read(void)
{
	source = source_new(2, "", false);
	expect(call_for_source(16) == Subtask_State_RETURNED);
	expect(s.read(MEMORY[16], 0, 4) == BLOCKED);
	return MEMORY[16];
}

static void
cancel_again(void *env)
{
	s.cancel_read_async(*(uint32_t *)env);
}

static void
cancelling_guest(void)
{
	cancel_half_a_write("\12\13\14\15", s.cancel_write);
	cancel_half_a_write("\1\2\3\4", s.cancel_write_async);
	uint32_t rx = start_read();
	expect_copy(s.cancel_read(rx), CopyResult_CANCELLED, 0);
	s.drop_readable(rx);

	rx = start_read();
	source->cancel_is_blocked = true;
	expect(s.cancel_read_async(rx) == BLOCKED);
	expect(traps_at(cancel_again, &rx, "cancel_copy", 4));
	source_write(source, (const uint8_t *)"\7\10", 2);
	source_unblock_cancel(source);
	uint32_t set = g.set_new();
	event_of(set, rx, EventCode_STREAM_READ, CopyResult_CANCELLED, 2);
	expect(memory_is(0, "\7\10"));
	s.drop_readable(rx);
	g.set_drop(set);
	returned = true;
}

START_TEST(test_cancel_copy)
{
	begin(24);
	new_sink_room = 0;
	import_source_and_sink();
	RUN(lift(inst, cancelling_guest, functype(true, NULL, NULL), guest_options(NULL, NULL)));
	ck_assert(returned);
	scenario_end();
}
END_TEST

UNIT_MAIN("stream_host", test_eager_stream_completion, test_async_stream_ops, test_stream_forward,
	test_receive_own_stream, test_host_partial_reads_writes, test_cancel_copy)
