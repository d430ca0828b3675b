/* streams.c - scenarios of run_tests.py: streams and futures between two guests, within one, and
 * futures with the host. test_wasm_to_wasm_stream, test_wasm_to_wasm_stream_empty, test_futures,
 * test_self_copy. */
#include "host_stream.h"

HEAP(heap1)
HEAP(heap2)

static ComponentInstance *inst1, *inst2;
static ValType *stream;
static CanonicalOptions *opts1, *opts2;
static bool flags[5], writer_returned, reader_returned;
static void (*return_stream)(uint32_t i);
static void (*return_none)(void);
static uint32_t (*call_writer)(uint32_t retp);
static uint32_t (*wait1)(uint32_t set, uint32_t ptr);
static uint32_t (*new_error_context)(uint32_t ptr, uint32_t len);
static void (*drop_error_context)(uint32_t i);
static __typeof__(s) in1, in2; /* the built-ins with the memory of each guest */

/* Events are awaited in the memory of the guest that runs. */
#define EVENT1(set, at, code, p1, p2) \
	do { \
		expect(wait1(set, at) == (code)); \
		expect(heap1.bytes.data[at] == (p1) && heap1.bytes.data[(at) + 4] == (p2)); \
	} while (0)

static void
begin(const char *element, uint32_t size1, uint32_t size2)
{
	guest_begin();
	stream = stream_of(element ? T(element) : NULL);
	memset(flags, 0, sizeof flags);
	writer_returned = reader_returned = false;
	ComponentInstance *root = ComponentInstance_new(store_, NULL);
	inst1 = ComponentInstance_new(store_, root);
	inst2 = ComponentInstance_new(store_, root);
	heap_init(&heap1, size1, i32);
	heap_init(&heap2, size2, i32);
	opts1 = async_options(&heap1, NULL);
	opts2 = async_options(&heap2, heap2_realloc);
	guest_events(&heap1);
	wait1 = g.set_wait;
	guest_events(&heap2);
	guest_streams(stream, opts1);
	in1 = s;
	guest_streams(stream, opts2);
	in2 = s;
	IMPORT(return_stream, task_return(opts1, stream));
	IMPORT(return_none, task_return(opts2, NULL));
	IMPORT(new_error_context, builtin(.kind = CANON_ERROR_CONTEXT_NEW, .opts = opts1));
	IMPORT(drop_error_context, builtin(.kind = CANON_ERROR_CONTEXT_DROP));
}

static void
run_two_guests(void *writer, void *reader)
{
	FuncType *ft = functype(false, stream, NULL);
	IMPORT(call_writer, lower(inst2, lift(inst1, writer, ft, opts1), ft, opts2));
	RUN(lift(inst2, reader, functype(false, NULL, NULL), opts2));
	ck_assert(writer_returned && reader_returned);
}

static void
ends_with_an_error_context(uint32_t tx)
{
	uint32_t errctx = new_error_context(0, 0);
	in1.drop_writable(tx);
	drop_error_context(errctx);
	writer_returned = true;
}

/* ---- test_wasm_to_wasm_stream ---- */

static void
writes(void)
{
	uint8_t *memory = heap1.bytes.data;
	uint64_t ends = in1.new();
	uint32_t tx = WRITABLE(ends);
	return_stream(READABLE(ends));
	wait_for(&flags[1]);
	memcpy(memory, "\1\2\3\4", 4);
	expect(in1.write(tx, 0, 4) == COPIED(CopyResult_COMPLETED, 4));
	expect(in1.write(tx, 0, 4) == COPIED(CopyResult_COMPLETED, 4));
	expect(in1.write(tx, 0, 0) == BLOCKED);
	expect(in1.cancel_write_async(tx) == COPIED(CopyResult_CANCELLED, 0));

	wait_for(&flags[2]);
	memcpy(memory, "\5\6\7\10\11\12\13\14", 8);
	expect(in1.write(tx, 0, 8) == BLOCKED);
	flags[3] = true;
	uint32_t set = g.set_new();
	g.join(tx, set);
	EVENT1(set, 16, EventCode_STREAM_WRITE, tx, COPIED(CopyResult_COMPLETED, 4));
	expect(in1.write(tx, 12345, 0) == BLOCKED);
	flags[4] = true;
	EVENT1(set, 16, EventCode_STREAM_WRITE, tx, 0);
	expect(in1.write(tx, 12345, 0) == 0);
	uint32_t errctx = new_error_context(0, 0);
	in1.drop_writable(tx);
	g.set_drop(set);
	drop_error_context(errctx);
	writer_returned = true;
}

static void
reads_in_small_parts(uint32_t rx)
{
	uint8_t *memory = heap2.bytes.data;
	expect(in2.read(rx, 12345, 0) == 0);
	memset(memory, 0, 8);
	expect(in2.read(rx, 0, 2) == COPIED(CopyResult_COMPLETED, 2));
	expect(!memcmp(memory, "\5\6\0\0\0\0", 6));
	expect(in2.read(rx, 2, 2) == COPIED(CopyResult_COMPLETED, 2));
	expect(!memcmp(memory, "\5\6\7\10\0\0", 6));
}

static void
reads(void)
{
	uint8_t *memory = heap2.bytes.data;
	return_none();
	expect(call_writer(16) == Subtask_State_RETURNED);
	uint32_t rx = memory[16];
	expect(rx == 1);
	expect(in2.read(rx, 0, 8) == BLOCKED);
	flags[1] = true;
	uint32_t set = g.set_new();
	g.join(rx, set);
	EXPECT_EVENT(heap2, set, 16, EventCode_STREAM_READ, rx, COPIED(CopyResult_COMPLETED, 8));
	expect(!memcmp(memory, "\1\2\3\4\1\2\3\4", 8));
	flags[2] = true;
	wait_for(&flags[3]);
	reads_in_small_parts(rx);
	wait_for(&flags[4]);
	expect(in2.read(rx, 12345, 0) == BLOCKED);
	EXPECT_EVENT(heap2, set, 16, EventCode_STREAM_READ, rx, COPIED(CopyResult_DROPPED, 0));
	in2.drop_readable(rx);
	g.set_drop(set);
	reader_returned = true;
}

START_TEST(test_wasm_to_wasm_stream)
{
	begin("u8", 24, 24);
	run_two_guests(writes, reads);
	scenario_end();
}
END_TEST

/* ---- test_wasm_to_wasm_stream_empty ---- */

static void
writes_nothings(void)
{
	uint64_t ends = in1.new();
	uint32_t tx = WRITABLE(ends);
	return_stream(READABLE(ends));
	wait_for(&flags[1]);
	expect(in1.write(tx, 10000, 2) == COPIED(CopyResult_COMPLETED, 2));
	expect(in1.write(tx, 10000, 2) == COPIED(CopyResult_COMPLETED, 2));
	wait_for(&flags[2]);
	expect(in1.write(tx, 0, 8) == BLOCKED);
	flags[3] = true;
	uint32_t set = g.set_new();
	g.join(tx, set);
	EVENT1(set, 16, EventCode_STREAM_WRITE, tx, COPIED(CopyResult_COMPLETED, 4));
	flags[4] = true;
	ends_with_an_error_context(tx);
}

static void
reads_nothings(void)
{
	return_none();
	expect(call_writer(0) == Subtask_State_RETURNED);
	uint32_t rx = heap2.bytes.data[0];
	expect(rx == 1);
	expect(in2.read(rx, 0, 8) == BLOCKED);
	flags[1] = true;
	uint32_t set = g.set_new();
	g.join(rx, set);
	EXPECT_EVENT(heap2, set, 0, EventCode_STREAM_READ, rx, COPIED(CopyResult_COMPLETED, 4));
	flags[2] = true;
	wait_for(&flags[3]);
	expect(in2.read(rx, 1000000, 2) == COPIED(CopyResult_COMPLETED, 2));
	expect(in2.read(rx, 1000000, 2) == COPIED(CopyResult_COMPLETED, 2));
	wait_for(&flags[4]);
	expect(in2.read(rx, 1000000, 2) == COPIED(CopyResult_DROPPED, 0));
	in2.drop_readable(rx);
	reader_returned = true;
}

START_TEST(test_wasm_to_wasm_stream_empty)
{
	begin(NULL, 24, 10);
	run_two_guests(writes_nothings, reads_nothings);
	scenario_end();
}
END_TEST

/* ---- test_futures: the host's ends ---- */

struct future_sink {
	Buffer base;
	bool has_v;
	num v;
};

static num
future_sink_remain(Buffer *base)
{
	return !((struct future_sink *)base)->has_v;
}

static void
future_sink_write(Buffer *base, Values vs)
{
	struct future_sink *to = (struct future_sink *)base;
	expect(!to->has_v && vs.len == 1);
	to->v = Values_at(&vs, 0, base->t).i;
	to->has_v = true;
}

struct future_source {
	SharedBase base;
	num v; /* 0: there is none yet */
	Buffer *pending_buffer;
	OnCopyDone pending_on_copy_done;
};

static void
future_put(Buffer *buffer, num v)
{
	Values vs = {0};
	append(&vs, ((Value){.i = v}));
	buffer->write(buffer, vs);
}

static void
future_source_end(struct future_source *from, CopyResult result)
{
	from->pending_buffer = NULL;
	from->pending_on_copy_done.fn(from->pending_on_copy_done.env, result);
}

static void
future_source_read(SharedBase *base, ComponentInstance *reader, Buffer *buffer, OnCopy on_copy,
	OnCopyDone on_copy_done)
{
	(void)reader, (void)on_copy;
	struct future_source *from = (struct future_source *)base;
	if (from->v) {
		future_put(buffer, from->v);
		on_copy_done.fn(on_copy_done.env, CopyResult_COMPLETED);
	} else {
		from->pending_buffer = buffer;
		from->pending_on_copy_done = on_copy_done;
	}
}

static void
future_source_cancel(SharedBase *base)
{
	future_source_end((struct future_source *)base, CopyResult_CANCELLED);
}

static void
future_source_drop(SharedBase *base)
{
	(void)base;
}

static void
future_source_set(struct future_source *from, num v)
{
	if (from->pending_buffer) {
		future_put(from->pending_buffer, v);
		future_source_end(from, CopyResult_COMPLETED);
	} else {
		from->v = v;
	}
}

/* ---- test_futures ---- */

static uint32_t (*call_host)(uint32_t future, uint32_t retp);
static uint64_t (*new_future)(void);
static uint32_t (*read_future)(uint32_t i, uint32_t ptr);
static uint32_t (*write_future)(uint32_t i, uint32_t ptr);
static uint32_t (*cancel_read_future)(uint32_t i);
static void (*drop_readable_future)(uint32_t i);
static void (*drop_writable_future)(uint32_t i);

static void
nothing_to_do(void *env, CopyResult result)
{
	(void)env, (void)result;
}

static void
answers_42_with_43(host_call *call)
{
	Values args = host_args(call);
	SharedBase *future = args.data[0].shared;
	struct future_source *outgoing = arena_new_of(world, struct future_source);
	outgoing->base = (SharedBase){{SharedFutureImpl_class}, T("u8"), future_source_cancel,
		future_source_drop, future_source_read, NULL};
	host_return(call, 1, &(Value){.shared = outgoing});
	struct future_sink *in = arena_new_of(world, struct future_sink);
	in->base = (Buffer){.t = T("u8"), .remain = future_sink_remain, .write = future_sink_write};
	future->read(future, NULL, &in->base, (OnCopy){0}, (OnCopyDone){nothing_to_do, NULL});
	host_wait_for(call, &in->has_v);
	expect(in->v == 42);
	future_source_set(outgoing, 43);
}

/* Sends 42 to the host by a future; the index of the future that the host answers with, of which
 * a read is under way. */
static uint32_t
send_42(uint64_t ends)
{
	expect(call_host(READABLE(ends), 16) == Subtask_State_RETURNED);
	uint32_t rx = heap2.bytes.data[16];
	expect(read_future(rx, 0) == BLOCKED);
	heap2.bytes.data[8] = 42;
	expect(write_future(WRITABLE(ends), 8) == CopyResult_COMPLETED);
	return rx;
}

static void
drop_unwritten(void *env)
{
	drop_writable_future(*(uint32_t *)env);
}

static void
futures_guest(void)
{
	uint64_t ends = new_future();
	uint32_t rx = send_42(ends), set = g.set_new();
	g.join(rx, set);
	EXPECT_EVENT(heap2, set, 16, EventCode_FUTURE_READ, rx, CopyResult_COMPLETED);
	expect(heap2.bytes.data[0] == 43);
	drop_writable_future(WRITABLE(ends));
	drop_readable_future(rx);
	g.set_drop(set);

	ends = new_future();
	rx = send_42(ends);
	Waitable *end = Table_get(inst2->handles, rx);
	while (!Waitable_has_pending_event(end))
		g.yield();
	expect(cancel_read_future(rx) == CopyResult_COMPLETED);
	expect(heap2.bytes.data[0] == 43);
	drop_writable_future(WRITABLE(ends));
	drop_readable_future(rx);

	ends = new_future();
	uint32_t tx = WRITABLE(ends);
	expect(traps_at(drop_unwritten, &tx, "WritableFutureEnd_drop", 1));
	reader_returned = true;
}

/* The built-ins of a type of futures, in the memory of the second guest. */
static ValType *
import_future(ValType *element)
{
	ValType *future = type_of(FutureType);
	future->t = element;
	IMPORT(new_future, builtin(.kind = CANON_FUTURE_NEW, .type = future));
	IMPORT(read_future, builtin(.kind = CANON_FUTURE_READ, .type = future, .opts = opts2));
	IMPORT(write_future, builtin(.kind = CANON_FUTURE_WRITE, .type = future, .opts = opts2));
	IMPORT(cancel_read_future, builtin(.kind = CANON_FUTURE_CANCEL_READ, .type = future));
	IMPORT(drop_readable_future, builtin(.kind = CANON_FUTURE_DROP_READABLE, .type = future));
	IMPORT(drop_writable_future, builtin(.kind = CANON_FUTURE_DROP_WRITABLE, .type = future));
	return future;
}

START_TEST(test_futures)
{
	begin("u8", 0, 24);
	ValType *future = import_future(T("u8"));
	FuncType *ft = functype(true, future, PARAMS(future));
	IMPORT(call_host, lower(inst2, host_func(answers_42_with_43, ft), ft, opts2));
	RUN(lift(inst2, futures_guest, functype(true, NULL, NULL), guest_options(NULL, NULL)));
	ck_assert(reader_returned);
	scenario_end();
}
END_TEST

/* ---- test_self_copy: both ends in one instance, for no payload and two kinds of numbers ---- */

static void
copies_to_itself(void)
{
	uint32_t set = g.set_new();
	uint64_t ends = new_future();
	expect(write_future(WRITABLE(ends), 0) == BLOCKED);
	expect(read_future(READABLE(ends), 0) == CopyResult_COMPLETED);
	drop_readable_future(READABLE(ends));
	g.join(WRITABLE(ends), set);
	EXPECT_EVENT(heap2, set, 0, EventCode_FUTURE_WRITE, WRITABLE(ends), CopyResult_COMPLETED);
	drop_writable_future(WRITABLE(ends));

	ends = in2.new();
	expect(in2.write(WRITABLE(ends), 0, 3) == BLOCKED);
	expect(in2.read(READABLE(ends), 0, 1) == COPIED(CopyResult_COMPLETED, 1));
	expect(in2.read(READABLE(ends), 0, 4) == COPIED(CopyResult_COMPLETED, 2));
	in2.drop_readable(READABLE(ends));
	g.join(WRITABLE(ends), set);
	EXPECT_EVENT(heap2, set, 0, EventCode_STREAM_WRITE, WRITABLE(ends),
		COPIED(CopyResult_DROPPED, 3));
	in2.drop_writable(WRITABLE(ends));
	g.set_drop(set);
	reader_returned = true;
}

START_TEST(test_self_copy)
{
	static const char *const elements[] = {NULL, "u8", "f64"};
	for (int i = 0; i < 3; i++) {
		begin(elements[i], 0, 40);
		import_future(elements[i] ? T(elements[i]) : NULL);
		RUN(lift(inst2, copies_to_itself, functype(true, NULL, NULL),
			guest_options(&heap2, NULL)));
		ck_assert(reader_returned);
		scenario_end();
	}
}
END_TEST

UNIT_MAIN("streams", test_wasm_to_wasm_stream, test_wasm_to_wasm_stream_empty, test_futures,
	test_self_copy)
