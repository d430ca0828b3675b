/* cabi.h - the Canonical ABI: one header for the whole transcription, in the order of
 * CanonicalABI.md and definitions.py at the commit in spec/PIN.
 *
 * Names are the specification's: classes as they are, methods Class_method, constructors
 * Class_new, nested functions outer__inner. What each function means, and which of them may
 * trap, is said there; how Python is written in C is said in py.h.
 *
 * Ownership: types belong to the arena that they were made in; lifted values and flat lists to
 * the heap of the running call; instances, tasks, threads and handles to the store's arena. */
#ifndef CANON_CABI_CABI_H
#define CANON_CABI_CABI_H

#include "base/bytes.h"
#include "cabi/py.h"

struct fiber;

/* Classes with a common base, or that share a table. */
typedef enum {
	NoClass,
	ResourceHandle_class,
	Subtask_class,
	WaitableSet_class,
	ErrorContext_class,
	ReadableStreamEnd_class,
	WritableStreamEnd_class,
	ReadableFutureEnd_class,
	WritableFutureEnd_class,
	Task_class,
	Thread_class,
	ReadableBufferGuestImpl_class,
	WritableBufferGuestImpl_class,
	SharedStreamImpl_class,
	SharedFutureImpl_class,
} Class;

typedef struct {
	Class cls;
} Object;

typedef struct ValType ValType;
typedef struct ResourceType ResourceType;
typedef struct ComponentInstance ComponentInstance;
typedef struct Store Store;
typedef struct Thread Thread;
typedef struct Task Task;
typedef struct Subtask Subtask;
typedef struct WaitableSet WaitableSet;
typedef struct Value Value;
typedef struct ErrorContext ErrorContext;

/* ---- Boilerplate ---- */

typedef enum { i32, i64, f32, f64 } CoreType;

typedef LIST(CoreType) CoreTypes;

typedef struct {
	CoreTypes params, results;
} CoreFuncType;

/* A core value: integers unsigned, floats by their bits, all from bit 0 up. */
typedef struct {
	CoreType t;
	uint64_t bits;
} CoreValue;

typedef LIST(CoreValue) CoreValues;

bool types_match_values(CoreTypes ts, CoreValues vs);
bool CoreFuncType___eq__(CoreFuncType a, CoreFuncType b);

typedef enum {
	BoolType,
	S8Type,
	U8Type,
	S16Type,
	U16Type,
	S32Type,
	U32Type,
	S64Type,
	U64Type,
	F32Type,
	F64Type,
	CharType,
	StringType,
	ErrorContextType,
	ListType,
	RecordType,
	TupleType,
	VariantType,
	EnumType,
	OptionType,
	ResultType,
	MapType,
	FlagsType,
	OwnType,
	BorrowType,
	StreamType,
	FutureType,
} ValTypeKind;

typedef struct {
	const char *label;
	ValType *t;
} FieldType;

typedef struct {
	const char *label;
	ValType *t; /* null: None */
} CaseType;

typedef LIST(ValType *) ValTypes;
typedef LIST(FieldType) FieldTypes;
typedef LIST(CaseType) CaseTypes;
typedef LIST(const char *) Labels;

struct ValType {
	ValTypeKind kind;
	struct arena *arena;    /* where its despecialization goes */
	ValType *despecialized; /* null until asked for */
	ValType *t;             /* List, Option; Stream, Future (null: None) */
	uint32_t *l;            /* List: null, or its fixed length */
	FieldTypes fields;      /* Record */
	ValTypes ts;            /* Tuple */
	CaseTypes cases;        /* Variant */
	Labels labels;          /* Enum, Flags */
	ValType *ok, *error;    /* Result (null: None) */
	ValType *k, *v;         /* Map */
	ResourceType *rt;       /* Own, Borrow */
	num alignment[2];       /* by address type, once known; 0: not yet */
	num elem_size[2];
};

/* A type of a kind, the rest zero, in an arena. */
ValType *ValType_new(struct arena *a, ValTypeKind kind);

/* Structural equality; null equals null alone; resource types by identity. */
bool ValType___eq__(const ValType *a, const ValType *b);

typedef struct {
	const char *label; /* null where a type stands alone */
	ValType *t;
} ParamType;

typedef struct {
	LIST(ParamType) params;
	LIST(ParamType) result; /* at most one */
	bool async_;
} FuncType;

ValTypes FuncType_param_types(const FuncType *ft);
ValTypes FuncType_result_type(const FuncType *ft);

/* latin1 stands only for one half of latin1_utf16. */
typedef enum { utf8, utf16, latin1_utf16, latin1 } StringEncoding;

/* The code points of a string, with the hints that the definitions keep beside it. */
typedef struct {
	const uint32_t *s;    /* null where ascii is not */
	const uint8_t *ascii; /* all code points, one in each byte, where all are below 0x80 */
	uint32_t len;         /* code points */
	StringEncoding encoding;
	num tagged_code_units;
} String;

/* The code point at i. */
static inline uint32_t
String_at(const String *s, uint32_t i)
{
	return s->ascii ? s->ascii[i] : s->s[i];
}

/* C: a list of integers may be packed: `data` points at its elements as they lie in memory, and `cap`
 * is VALUES_PACKED. Values_at reads both forms. */
typedef LIST(Value) Values;

#define VALUES_PACKED UINT32_MAX

/* A lifted value; which member is meant follows from its type, despecialized. */
struct Value {
	union {
		bool b;           /* Bool */
		num i;            /* integers */
		uint64_t f;       /* F32, F64: the bits */
		uint32_t c;       /* Char */
		String *s;        /* String */
		Values list;      /* List, Record: elements or fields in order */
		struct {          /* Variant */
			Value *v; /* null: None */
			uint32_t case_index;
		} variant;
		uint32_t flags; /* Flags: bit n for the n-th label */
		uint32_t rep;   /* Own, Borrow */
		void *shared;   /* Stream, Future, ErrorContext */
	};
};

/* C: the element at i of a list of this type of elements. */
Value Values_at(const Values *vs, uint32_t i, const ValType *elem_type);

typedef struct {
	CoreValues (*fn)(void *env, CoreValues args);
	void *env;
} CoreFuncInst;

/* Called with the arguments that the definitions' functions of these types take. */
typedef struct {
	Values (*fn)(void *env);
	void *env;
} OnStart;

typedef struct {
	void (*fn)(void *env, const Values *result); /* null: cancelled */
	void *env;
} OnResolve;

typedef struct {
	void (*fn)(void *env, ComponentInstance *caller);
	void *env;
} OnCancel;

typedef struct {
	OnCancel (*fn)(
		void *env, OnStart on_start, OnResolve on_resolve, ComponentInstance *caller);
	void *env;
} FuncInst;

typedef struct {
	bool (*fn)(void *env);
	void *env;
} ReadyFunc;

/* ---- ## Component Instances ---- */

typedef struct {
	struct arena *arena; /* the store's */
	LIST(void *) array;  /* each an Object, or null */
	LIST(uint32_t) free;
} Table;

typedef LIST(ComponentInstance *) ComponentInstances;

struct ComponentInstance {
	Store *store;
	ComponentInstance *parent;
	Table *handles;
	Table *threads;
	Table *lazy_values; /* C: spec/lazy.md */
	bool may_enter;
	bool may_leave;
	num backpressure;
	num num_waiting_to_enter;
	Thread *exclusive_thread;
};

ComponentInstance *ComponentInstance_new(Store *store, ComponentInstance *parent);
bool ComponentInstance_may_enter_from(ComponentInstance *self, ComponentInstance *caller);
void ComponentInstance_enter_from(ComponentInstance *self, ComponentInstance *caller);
void ComponentInstance_leave_to(ComponentInstance *self, ComponentInstance *caller);
ComponentInstances
ComponentInstance_entering_set(ComponentInstance *self, ComponentInstance *caller);
ComponentInstances ComponentInstance_self_and_ancestors(ComponentInstance *self);

/* ---- ### Stack Switching ---- */

typedef enum { Cancelled_FALSE = 0, Cancelled_TRUE = 1 } Cancelled;

typedef struct Continuation Continuation;

typedef struct {
	Thread *(*fn)(void *env, Cancelled cancelled);
	void *env;
} ContFunc;

Continuation *cont_new(struct arena *a, ContFunc f);

/* The tuple that resume returns. */
typedef struct {
	Continuation *cont; /* null: it ended */
	Thread *switch_to;
} ResumeResult;

ResumeResult resume(Continuation *cont, Cancelled block_result, Thread *current_thread);
Cancelled block(Thread *switch_to);
Thread *current_thread(void);
Task *current_task(void);
ComponentInstance *current_instance(void);

/* ---- ### Threads ---- */

typedef struct {
	void (*fn)(void *env);
	void *env;
} ThreadFunc;

struct Thread {
	Object base;
	Continuation *cont;
	ReadyFunc *ready_func; /* null: None; otherwise &ready */
	ReadyFunc ready;
	Task *task;
	bool cancellable;
	uint32_t index; /* 0: None */
	uint64_t storage[2];
	ThreadFunc thread_func;
	struct arena *arena; /* its own, and the heap of what runs on it */
};

bool Thread_running(Thread *self);
bool Thread_suspended(Thread *self);
bool Thread_waiting(Thread *self);
bool Thread_ready(Thread *self);
Thread *Thread_new(Task *task, ThreadFunc thread_func);
void Thread_start_waiting_internal(Thread *self, ReadyFunc ready_func);
void Thread_stop_waiting_internal(Thread *self, Cancelled cancelled);
void Thread_resume_later(Thread *self);
void Thread_resume(Thread *self, Cancelled cancelled);
Cancelled Thread_block_internal(Thread *self, bool cancellable);
Cancelled Thread_switch_to_internal(Thread *self, bool cancellable, Thread *other);
Cancelled Thread_suspend(Thread *self, bool cancellable);
Cancelled Thread_wait_until(Thread *self, ReadyFunc ready_func, bool cancellable);
Cancelled Thread_yield_(Thread *self, bool cancellable);
Cancelled Thread_suspend_then_resume(Thread *self, bool cancellable, Thread *other);
Cancelled Thread_yield_then_resume(Thread *self, bool cancellable, Thread *other);
Cancelled Thread_suspend_then_promote(Thread *self, bool cancellable, Thread *other);
Cancelled Thread_yield_then_promote(Thread *self, bool cancellable, Thread *other);

/* ---- ### Tasks ---- */

typedef struct CanonicalOptions CanonicalOptions;

typedef enum {
	Task_State_INITIAL = 1,
	Task_State_STARTED = 2,
	Task_State_PENDING_CANCEL = 3,
	Task_State_CANCEL_DELIVERED = 4,
	Task_State_RESOLVED = 5,
} Task_State;

struct Task {
	Object base;
	FuncType *ft;
	CanonicalOptions *opts;
	ComponentInstance *inst;
	OnStart on_start;
	OnResolve on_resolve;
	Task_State state;
	num num_borrows;
	Thread *implicit_thread;
	LIST(Thread *) threads;
	num num_lazy_values; /* C: spec/lazy.md */
	struct arena *arena; /* its own */
	uint32_t holders;
};

Task *Task_new(FuncType *ft, CanonicalOptions *opts, ComponentInstance *inst, OnStart on_start,
	OnResolve on_resolve);

/* C: not of the definitions: the threads of a task that have not ended, and whoever made it, hold
 * it; with the last of them it goes. */
void Task_hold(Task *self);
void Task_release(Task *self);

bool Task_needs_exclusive(Task *self);
bool Task_enter_implicit_thread(Task *self);
void Task_register_thread(Task *self, Thread *thread);
void Task_exit_implicit_thread(Task *self);
void Task_unregister_thread(Task *self, Thread *thread);
void Task_request_cancellation(Task *self, ComponentInstance *caller);
bool Task_deliver_pending_cancel(Task *self, bool cancellable);
Values Task_start(Task *self);
void Task_return_(Task *self, const Values *result);
void Task_cancel(Task *self);

/* ---- ## Embedding API ---- */

struct Store {
	struct arena *arena;
	LIST(Thread *) waiting;
	num nesting_depth;
	ErrorContext *spare_error_contexts;
};

/* The store's objects live in `a`, and go with it. */
Store *Store_new(struct arena *a);
OnCancel Store_invoke(Store *self, FuncInst f, OnStart on_start, OnResolve on_resolve);
FuncInst Store_lift(
	Store *self, CoreFuncInst f, FuncType *ft, CanonicalOptions *opts, ComponentInstance *inst);
CoreFuncInst
Store_lower(Store *self, FuncInst f, FuncType *ft, CanonicalOptions *opts, ComponentInstance *inst);
void Store_tick(Store *self);

/* ---- ## Canonical ABI Options ---- */

num ptr_size(CoreType ptr_type);

typedef struct {
	struct bytes *bytes; /* borrowed from the core memory, which may grow */
	CoreType addrtype;   /* i32 or i64 */
} MemInst;

CoreType MemInst_ptr_type(const MemInst *self);
num MemInst_ptr_size(const MemInst *self);
num MemInst___len__(const MemInst *self);

/* LiftOptions, LiftLowerOptions and CanonicalOptions in one: each extends the one before. */
struct CanonicalOptions {
	StringEncoding string_encoding;
	MemInst *memory;       /* null: None */
	CoreFuncInst *realloc; /* null: None */
	CoreFuncInst *post_return;
	bool async_;
	CoreFuncInst *callback;
	bool lazy; /* C: spec/lazy.md */
};

typedef CanonicalOptions LiftOptions;
typedef CanonicalOptions LiftLowerOptions;

bool LiftOptions_equal(const LiftOptions *lhs, const LiftOptions *rhs);

/* ---- ## Lifting and Lowering Context ---- */

/* C: spec/lazy.md: when a task drops what is left of its lazy values. */
typedef enum { LazyScopeEnd_RESOLVED, LazyScopeEnd_EXITED } LazyScopeEnd;

typedef struct {
	LiftLowerOptions *opts;
	ComponentInstance *inst;
	Object *borrow_scope; /* a Task, a Subtask, or null */
	Task *lazy_scope;     /* C: spec/lazy.md, as is the next */
	LazyScopeEnd lazy_scope_end;
} LiftLowerContext;

LiftLowerContext *
LiftLowerContext_new(LiftLowerOptions *opts, ComponentInstance *inst, Object *borrow_scope);
num LiftLowerContext_reallocate(
	LiftLowerContext *self, num old, num old_byte_length, num alignment, num new_byte_length);
num LiftLowerContext_allocate(LiftLowerContext *self, num alignment, num byte_length);

/* ---- ### Table State ---- */

#define Table_MAX_LENGTH ((UINT32_C(1) << 28) - 1)

Table *Table_new(struct arena *a);
/* The index of the first element from i on; 0 when there is none. */
uint32_t Table___iter__(Table *self, uint32_t i);
void *Table_get(Table *self, num i);
uint32_t Table_add(Table *self, void *e);
void *Table_remove(Table *self, num i);

/* ---- ### Resource State ---- */

typedef struct {
	Object base;
	ResourceType *rt;
	uint32_t rep;
	bool own;
	Task *borrow_scope; /* null: None */
	num num_lends;
	struct arena *arena; /* its own */
} ResourceHandle;

ResourceHandle *
ResourceHandle_new(struct arena *a, ResourceType *rt, uint32_t rep, bool own, Task *borrow_scope);

struct ResourceType {
	ComponentInstance *impl;
	CoreFuncInst *dtor; /* null: None */
};

ResourceType *ResourceType_new(struct arena *a, ComponentInstance *impl, CoreFuncInst *dtor);

/* ---- ### Waitable State ---- */

typedef enum {
	EventCode_NONE = 0,
	EventCode_SUBTASK = 1,
	EventCode_STREAM_READ = 2,
	EventCode_STREAM_WRITE = 3,
	EventCode_FUTURE_READ = 4,
	EventCode_FUTURE_WRITE = 5,
	EventCode_TASK_CANCELLED = 6,
} EventCode;

typedef struct {
	EventCode code;
	num p1, p2;
} EventTuple;

typedef struct {
	EventTuple (*fn)(void *env);
	void *env;
} PendingEvent;

typedef struct {
	Object base;
	PendingEvent pending_event; /* fn null: None */
	WaitableSet *wset;
	bool has_sync_waiter;
} Waitable;

void Waitable_new(Waitable *self, Class cls);
void Waitable_set_pending_event(Waitable *self, PendingEvent pending_event);
bool Waitable_has_pending_event(Waitable *self);
bool Waitable_in_waitable_set(Waitable *self);
void Waitable_wait_for_pending_event(Waitable *self);
EventTuple Waitable_get_pending_event(Waitable *self);
void Waitable_join(Waitable *self, WaitableSet *wset);
void Waitable_drop(Waitable *self);

struct WaitableSet {
	Object base;
	struct arena *arena; /* its own */
	LIST(Waitable *) elems;
	num num_waiting;
};

WaitableSet *WaitableSet_new(struct arena *a);
bool WaitableSet_has_pending_event(WaitableSet *self);
EventTuple WaitableSet_get_pending_event(WaitableSet *self);
EventTuple
WaitableSet_wait_for_event_and(WaitableSet *self, ReadyFunc ready_func, bool cancellable);
EventTuple WaitableSet_wait_for_event(WaitableSet *self, bool cancellable);
EventTuple WaitableSet_poll(WaitableSet *self, bool cancellable);
void WaitableSet_drop(WaitableSet *self);

/* ---- ### Subtask State ---- */

typedef enum {
	Subtask_State_STARTING = 0,
	Subtask_State_STARTED = 1,
	Subtask_State_RETURNED = 2,
	Subtask_State_CANCELLED_BEFORE_STARTED = 3,
	Subtask_State_CANCELLED_BEFORE_RETURNED = 4,
} Subtask_State;

typedef LIST(ResourceHandle *) Lenders;

struct Subtask {
	Waitable base;
	Subtask_State state;
	OnCancel on_cancel;
	Lenders *lenders; /* null: None */
	bool cancellation_requested;
	CoreValues flat_results;
	struct arena *arena; /* its own, where the call is asynchronous */
};

Subtask *Subtask_new(struct arena *a);
bool Subtask_resolved(Subtask *self);
void Subtask_add_lender(Subtask *self, ResourceHandle *lending_handle);
void Subtask_resolve(Subtask *self, Subtask_State state, CoreValues flat_results);
void Subtask_deliver_resolve(Subtask *self);
bool Subtask_resolve_delivered(Subtask *self);
void Subtask_drop(Subtask *self);

/* ---- ### Buffer State ---- */

#define Buffer_MAX_LENGTH ((UINT32_C(1) << 28) - 1)

typedef struct Buffer Buffer;

/* Buffer, ReadableBuffer and WritableBuffer in one: read or write is null where a buffer is
 * not of that kind. */
struct Buffer {
	Object base;
	ValType *t; /* null: None */
	num (*remain)(Buffer *self);
	bool (*is_zero_length)(Buffer *self);
	Values (*read)(Buffer *self, num n);
	void (*write)(Buffer *self, Values vs);
	bool lazy; /* C: spec/lazy.md */
};

typedef struct {
	Buffer base;
	LiftLowerContext *cx;
	num ptr;
	num progress;
	num length;
} BufferGuestImpl;

BufferGuestImpl *
BufferGuestImpl_new(Class BufferT, ValType *t, LiftLowerContext *cx, num ptr, num length);
num BufferGuestImpl_remain(Buffer *self);
bool BufferGuestImpl_is_zero_length(Buffer *self);
Values ReadableBufferGuestImpl_read(Buffer *self, num n);
void WritableBufferGuestImpl_write(Buffer *self, Values vs);

/* ---- ### Stream State ---- */

typedef enum {
	CopyResult_COMPLETED = 0,
	CopyResult_DROPPED = 1,
	CopyResult_CANCELLED = 2,
} CopyResult;

typedef struct {
	void (*fn)(void *env);
	void *env;
} ReclaimBuffer;

typedef struct {
	void (*fn)(void *env, ReclaimBuffer reclaim_buffer);
	void *env;
} OnCopy;

typedef struct {
	void (*fn)(void *env, CopyResult result);
	void *env;
} OnCopyDone;

/* What both ends of a stream or a future share. A stream's read and write take an OnCopy; a
 * future's leave it alone. */
typedef struct SharedBase SharedBase;

struct SharedBase {
	Object base;
	ValType *t; /* null: None */
	void (*cancel)(SharedBase *self);
	void (*drop)(SharedBase *self);
	void (*read)(SharedBase *self, ComponentInstance *inst, Buffer *dst_buffer, OnCopy on_copy,
		OnCopyDone on_copy_done);
	void (*write)(SharedBase *self, ComponentInstance *inst, Buffer *src_buffer, OnCopy on_copy,
		OnCopyDone on_copy_done);
};

typedef struct {
	SharedBase base;
	struct arena *arena; /* its own */
	bool dropped;
	ComponentInstance *pending_inst; /* null: None, and so below */
	Buffer *pending_buffer;
	OnCopy pending_on_copy;
	OnCopyDone pending_on_copy_done;
} SharedStreamImpl;

SharedStreamImpl *SharedStreamImpl_new(struct arena *a, ValType *t);
void SharedStreamImpl_reset_pending(SharedStreamImpl *self);
void SharedStreamImpl_set_pending(SharedStreamImpl *self, ComponentInstance *inst, Buffer *buffer,
	OnCopy on_copy, OnCopyDone on_copy_done);
void SharedStreamImpl_reset_and_notify_pending(SharedStreamImpl *self, CopyResult result);
void SharedStreamImpl_cancel(SharedBase *self);
void SharedStreamImpl_drop(SharedBase *self);
void SharedStreamImpl_read(SharedBase *self, ComponentInstance *inst, Buffer *dst_buffer,
	OnCopy on_copy, OnCopyDone on_copy_done);
void SharedStreamImpl_write(SharedBase *self, ComponentInstance *inst, Buffer *src_buffer,
	OnCopy on_copy, OnCopyDone on_copy_done);
bool none_or_number_type(const ValType *t);

typedef enum {
	CopyState_IDLE = 1,
	CopyState_COPYING = 2,
	CopyState_CANCELLING_COPY = 3,
	CopyState_DONE = 4,
} CopyState;

/* CopyEnd, and its four subclasses by their class. */
typedef struct {
	Waitable base;
	CopyState state;
	SharedBase *shared;
	struct arena *arena;     /* its own */
	struct arena *copy_heap; /* of the running copy; null: there was none */
} CopyEnd;

CopyEnd *CopyEnd_new(struct arena *a, Class cls, SharedBase *shared);
void CopyEnd_free(CopyEnd *self); /* C: not of the definitions */
bool CopyEnd_copying(CopyEnd *self);
void CopyEnd_drop(CopyEnd *self);
void ReadableStreamEnd_copy(CopyEnd *self, ComponentInstance *inst, Buffer *dst, OnCopy on_copy,
	OnCopyDone on_copy_done);
void WritableStreamEnd_copy(CopyEnd *self, ComponentInstance *inst, Buffer *src, OnCopy on_copy,
	OnCopyDone on_copy_done);

/* ---- ### Future State ---- */

typedef struct {
	SharedBase base;
	struct arena *arena; /* its own */
	bool dropped;
	ComponentInstance *pending_inst; /* null: None, and so below */
	Buffer *pending_buffer;
	OnCopyDone pending_on_copy_done;
} SharedFutureImpl;

SharedFutureImpl *SharedFutureImpl_new(struct arena *a, ValType *t);
void SharedFutureImpl_reset_pending(SharedFutureImpl *self);
void SharedFutureImpl_set_pending(
	SharedFutureImpl *self, ComponentInstance *inst, Buffer *buffer, OnCopyDone on_copy_done);
void SharedFutureImpl_reset_and_notify_pending(SharedFutureImpl *self, CopyResult result);
void SharedFutureImpl_cancel(SharedBase *self);
void SharedFutureImpl_drop(SharedBase *self);
void SharedFutureImpl_read(SharedBase *self, ComponentInstance *inst, Buffer *dst_buffer,
	OnCopy on_copy, OnCopyDone on_copy_done);
void SharedFutureImpl_write(SharedBase *self, ComponentInstance *inst, Buffer *src_buffer,
	OnCopy on_copy, OnCopyDone on_copy_done);
void ReadableFutureEnd_copy(
	CopyEnd *self, ComponentInstance *inst, Buffer *dst_buffer, OnCopyDone on_copy_done);
void WritableFutureEnd_copy(
	CopyEnd *self, ComponentInstance *inst, Buffer *src_buffer, OnCopyDone on_copy_done);
void WritableFutureEnd_drop(CopyEnd *self);

/* ---- ## Despecialization ---- */

ValType *despecialize(ValType *t);

/* ---- ## Type Predicates ---- */

typedef bool TypePredicate(const ValType *u);

bool contains_borrow(ValType *t);
bool contains_async_value(ValType *t);
bool contains(ValType *t, TypePredicate *p);

/* ---- ## Alignment ---- */

num alignment(ValType *t, CoreType ptr_type);
num alignment_list(ValType *elem_type, const uint32_t *maybe_length, CoreType ptr_type);
num alignment_record(FieldTypes fields, CoreType ptr_type);
num alignment_variant(CaseTypes cases, CoreType ptr_type);
ValType *discriminant_type(CaseTypes cases);
num max_case_alignment(CaseTypes cases, CoreType ptr_type);
num alignment_flags(Labels labels);

/* ---- ## Element Size ---- */

num elem_size(ValType *t, CoreType ptr_type);
num elem_size_list(ValType *elem_type, const uint32_t *maybe_length, CoreType ptr_type);
num elem_size_record(FieldTypes fields, CoreType ptr_type);
num align_to(num ptr, num alignment);
num elem_size_variant(CaseTypes cases, CoreType ptr_type);
num elem_size_flags(Labels labels);

/* ---- ## Loading ---- */

#define CANONICAL_FLOAT32_NAN  UINT32_C(0x7fc00000)
#define CANONICAL_FLOAT64_NAN  UINT64_C(0x7ff8000000000000)
#define REALLOC_I32_MAX        ((num)UINT32_MAX)
#define MAX_STRING_BYTE_LENGTH (((num)1 << 28) - 1)
#define MAX_LIST_BYTE_LENGTH   (((num)1 << 28) - 1)

Value load(LiftLowerContext *cx, num ptr, ValType *t);
num load_int(LiftLowerContext *cx, num ptr, num nbytes, bool signed_);
bool convert_int_to_bool(num i);
uint64_t canonicalize_nan32(uint64_t f);
uint64_t canonicalize_nan64(uint64_t f);
uint64_t decode_i32_as_float(num i);
uint64_t decode_i64_as_float(num i);
uint64_t core_f32_reinterpret_i32(num i);
uint64_t core_f64_reinterpret_i64(num i);
uint32_t convert_i32_to_char(LiftLowerContext *cx, num i);
String *load_string(LiftLowerContext *cx, num ptr);
num utf16_tag(CoreType ptr_type);
String *load_string_from_range(LiftLowerContext *cx, num ptr, num tagged_code_units);
void *lift_error_context(LiftLowerContext *cx, num i);
Values load_list(LiftLowerContext *cx, num ptr, ValType *elem_type, const uint32_t *maybe_length);
Values load_list_from_range(LiftLowerContext *cx, num ptr, num length, ValType *elem_type);
Values load_list_from_valid_range(LiftLowerContext *cx, num ptr, num length, ValType *elem_type);
Values load_record(LiftLowerContext *cx, num ptr, FieldTypes fields);
Value load_variant(LiftLowerContext *cx, num ptr, CaseTypes cases);
uint32_t load_flags(LiftLowerContext *cx, num ptr, Labels labels);
uint32_t unpack_flags_from_int(num i, Labels labels);
uint32_t lift_own(LiftLowerContext *cx, num i, ValType *t);
uint32_t lift_borrow(LiftLowerContext *cx, num i, ValType *t);
void *lift_stream(LiftLowerContext *cx, num i, ValType *t);
void *lift_future(LiftLowerContext *cx, num i, ValType *t);
void *lift_async_value(Class ReadableEndT, LiftLowerContext *cx, num i, ValType *t);

/* ---- ## Storing ---- */

/* The pair of pointer and length that storing a string or list yields. */
typedef struct {
	num ptr, length;
} Range;

void store(LiftLowerContext *cx, Value v, ValType *t, num ptr);
void store_int(LiftLowerContext *cx, num v, num ptr, num nbytes, bool signed_);
uint64_t maybe_scramble_nan32(uint64_t f);
uint64_t maybe_scramble_nan64(uint64_t f);
uint64_t random_nan_bits(num total_bits, num exponent_bits);
num encode_float_as_i32(uint64_t f);
num encode_float_as_i64(uint64_t f);
num core_i32_reinterpret_f32(uint64_t f);
num core_i64_reinterpret_f64(uint64_t f);
num char_to_i32(uint32_t c);
void store_string(LiftLowerContext *cx, const String *v, num ptr);
Range store_string_into_range(LiftLowerContext *cx, const String *v);
Range store_string_copy(LiftLowerContext *cx, const String *src, num src_code_units,
	num dst_code_unit_size, num dst_alignment, StringEncoding dst_encoding);
Range store_utf16_to_utf8(LiftLowerContext *cx, const String *src, num src_code_units);
Range store_latin1_to_utf8(LiftLowerContext *cx, const String *src, num src_code_units);
Range store_string_to_utf8(
	LiftLowerContext *cx, const String *src, num src_code_units, num worst_case_size);
Range store_utf8_to_utf16(LiftLowerContext *cx, const String *src, num src_code_units);
Range store_string_to_latin1_or_utf16(LiftLowerContext *cx, const String *src, num src_code_units);
Range store_probably_utf16_to_latin1_or_utf16(
	LiftLowerContext *cx, const String *src, num src_code_units);
num lower_error_context(LiftLowerContext *cx, void *v);
void store_list(
	LiftLowerContext *cx, Values v, num ptr, ValType *elem_type, const uint32_t *maybe_length);
Range store_list_into_range(LiftLowerContext *cx, Values v, ValType *elem_type);
void store_list_into_valid_range(LiftLowerContext *cx, Values v, num ptr, ValType *elem_type);
void store_record(LiftLowerContext *cx, Values v, num ptr, FieldTypes fields);
void store_variant(LiftLowerContext *cx, Value v, num ptr, CaseTypes cases);
num match_case(Value v, CaseTypes cases, Value **value);
void store_flags(LiftLowerContext *cx, uint32_t v, num ptr, Labels labels);
num pack_flags_into_int(uint32_t v, Labels labels);
num lower_own(LiftLowerContext *cx, uint32_t rep, ValType *t);
num lower_borrow(LiftLowerContext *cx, uint32_t rep, ValType *t);
num lower_stream(LiftLowerContext *cx, void *v, ValType *t);
num lower_future(LiftLowerContext *cx, void *v, ValType *t);

/* ---- ## Flattening ---- */

/* Variables, as in the definitions, whose scenarios allow themselves more results. */
extern uint32_t MAX_FLAT_PARAMS;
extern uint32_t MAX_FLAT_ASYNC_PARAMS;
extern uint32_t MAX_FLAT_RESULTS;

typedef enum { context_lift, context_lower } FlattenContext;

CoreFuncType
flatten_functype(const CanonicalOptions *opts, const FuncType *ft, FlattenContext context);
CoreTypes flatten_types(ValTypes ts, const LiftOptions *opts);
CoreTypes flatten_type(ValType *t, const LiftOptions *opts);
CoreTypes flatten_list(ValType *elem_type, const uint32_t *maybe_length, const LiftOptions *opts);
CoreTypes flatten_record(FieldTypes fields, const LiftOptions *opts);
CoreTypes flatten_variant(CaseTypes cases, const LiftOptions *opts);
CoreType join(CoreType a, CoreType b);

/* ---- ## Flat Lifting ---- */

/* CoreValueIter, and the CoerceValueIter of lift_flat_variant: whoever has a next. */
typedef struct CoreValueIter CoreValueIter;

struct CoreValueIter {
	num (*next)(CoreValueIter *self, CoreType t);
	CoreValues values;
	uint32_t i;
};

CoreValueIter *CoreValueIter_new(CoreValues vs);
num CoreValueIter_next(CoreValueIter *self, CoreType t);
bool CoreValueIter_done(CoreValueIter *self);
Value lift_flat(LiftLowerContext *cx, CoreValueIter *vi, ValType *t);
num lift_flat_unsigned(CoreValueIter *vi, num core_width, num t_width);
num lift_flat_signed(CoreValueIter *vi, num core_width, num t_width);
String *lift_flat_string(LiftLowerContext *cx, CoreValueIter *vi);
Values lift_flat_list(
	LiftLowerContext *cx, CoreValueIter *vi, ValType *elem_type, const uint32_t *maybe_length);
Values lift_flat_record(LiftLowerContext *cx, CoreValueIter *vi, FieldTypes fields);
Value lift_flat_variant(LiftLowerContext *cx, CoreValueIter *vi, CaseTypes cases);
num wrap_i64_to_i32(num i);
uint32_t lift_flat_flags(CoreValueIter *vi, Labels labels);

/* ---- ## Flat Lowering ---- */

CoreValues lower_flat(LiftLowerContext *cx, Value v, ValType *t);
num lower_flat_signed(num i, num core_bits);
CoreValues lower_flat_string(LiftLowerContext *cx, const String *v);
CoreValues
lower_flat_list(LiftLowerContext *cx, Values v, ValType *elem_type, const uint32_t *maybe_length);
CoreValues lower_flat_record(LiftLowerContext *cx, Values v, FieldTypes fields);
CoreValues lower_flat_variant(LiftLowerContext *cx, Value v, CaseTypes cases);
CoreValues lower_flat_flags(uint32_t v, Labels labels);

/* ---- ## Lifting and Lowering Values ---- */

Values lift_flat_values(LiftLowerContext *cx, num max_flat, CoreValueIter *vi, ValTypes ts);
CoreValues lower_flat_values(
	LiftLowerContext *cx, num max_flat, Values vs, ValTypes ts, CoreValueIter *out_param);

/* ---- ## Lazy Values: spec/lazy.md ---- */

/* A list, a string or a tuple that was lifted and waits to be lowered. */
typedef struct {
	ValType *t;
	Value v;
	StringEncoding string_encoding; /* of the receiver */
	Task *scope;                    /* null: None */
	LazyScopeEnd scope_end;
	struct arena *arena; /* its own */
} LazyValue;

typedef struct {
	num alignment, byte_length;
} LazyExtent;

LazyValue *LazyValue_new(LiftLowerContext *cx, ValType *t, Value v);
num lower_lazily(LiftLowerContext *cx, Value v, ValType *t);
Range lower_string_lazily(LiftLowerContext *cx, const String *v);
Range lower_list_lazily(LiftLowerContext *cx, Values v, ValType *elem_type);
num lazy_string_length(LiftLowerContext *cx, const String *v);
LazyExtent lazy_extent(LiftLowerContext *cx, const LazyValue *lazy);
void store_lazy_value(LiftLowerContext *cx, const LazyValue *lazy, num ptr);
void drop_lifted_value(LiftLowerContext *cx, Value v, ValType *t);
void drop_lazy_value(ComponentInstance *inst, num i);
void drop_lazy_values_of(Task *task, LazyScopeEnd scope_end);
CoreValues canon_value_lower(ValType *t, CanonicalOptions *opts, num i, num ptr);
CoreValues canon_value_drop(num i);

/* ---- ## Canonical Definitions ---- */

OnCancel canon_lift(CoreFuncInst callee, FuncType *ft, CanonicalOptions *opts,
	ComponentInstance *inst, OnStart on_start, OnResolve on_resolve);

typedef enum {
	CallbackCode_EXIT = 0,
	CallbackCode_YIELD = 1,
	CallbackCode_WAIT = 2,
	CallbackCode_MAX = 2,
} CallbackCode;

/* The tuple that unpack_callback_result returns. */
typedef struct {
	CallbackCode code;
	num waitable_set_index;
} CallbackResult;

CallbackResult unpack_callback_result(num packed);
CoreValues call_and_trap_on_throw(CoreFuncInst callee, CoreValues args);
CoreValues canon_lower(FuncInst callee, FuncType *ft, CanonicalOptions *opts, CoreValues flat_args);
CoreValues canon_resource_new(ResourceType *rt, num rep);
CoreValues canon_resource_drop(ResourceType *rt, num i);
CoreValues canon_resource_rep(ResourceType *rt, num i);

CoreValues canon_context_get(CoreType t, num i);
CoreValues canon_context_set(CoreType t, num i, num v);
CoreValues canon_backpressure_inc(void);
CoreValues canon_backpressure_dec(void);
CoreValues canon_task_return(ValTypes result_type, LiftOptions *opts, CoreValues flat_args);
CoreValues canon_task_cancel(void);
CoreValues canon_waitable_set_new(void);
CoreValues canon_waitable_set_wait(bool cancellable, MemInst *mem, num si, num ptr);
CoreValues unpack_event(MemInst *mem, ComponentInstance *inst, num ptr, EventTuple e);
CoreValues canon_waitable_set_poll(bool cancellable, MemInst *mem, num si, num ptr);
CoreValues canon_waitable_set_drop(num i);
CoreValues canon_waitable_join(num wi, num si);

#define BLOCKED ((num)0xffffffff)

CoreValues canon_subtask_cancel(bool async_, num i);
CoreValues canon_subtask_drop(num i);
CoreValues canon_stream_new(ValType *stream_t);
CoreValues canon_future_new(ValType *future_t);
CoreValues canon_stream_read(ValType *stream_t, CanonicalOptions *opts, num i, num ptr, num n);
CoreValues canon_stream_write(ValType *stream_t, CanonicalOptions *opts, num i, num ptr, num n);
CoreValues stream_copy(Class EndT, Class BufferT, EventCode event_code, ValType *stream_t,
	CanonicalOptions *opts, num i, num ptr, num n);
CoreValues canon_future_read(ValType *future_t, CanonicalOptions *opts, num i, num ptr);
CoreValues canon_future_write(ValType *future_t, CanonicalOptions *opts, num i, num ptr);
CoreValues future_copy(Class EndT, Class BufferT, EventCode event_code, ValType *future_t,
	CanonicalOptions *opts, num i, num ptr);
CoreValues canon_stream_cancel_read(ValType *stream_t, bool async_, num i);
CoreValues canon_stream_cancel_write(ValType *stream_t, bool async_, num i);
CoreValues canon_future_cancel_read(ValType *future_t, bool async_, num i);
CoreValues canon_future_cancel_write(ValType *future_t, bool async_, num i);
CoreValues
cancel_copy(Class EndT, EventCode event_code, ValType *stream_or_future_t, bool async_, num i);
CoreValues canon_stream_drop_readable(ValType *stream_t, num i);
CoreValues canon_stream_drop_writable(ValType *stream_t, num hi);
CoreValues canon_future_drop_readable(ValType *future_t, num i);
CoreValues canon_future_drop_writable(ValType *future_t, num hi);
CoreValues drop(Class EndT, ValType *stream_or_future_t, num hi);
CoreValues canon_thread_index(void);

/* What a table of core functions holds: see canon_thread_new_indirect. */
typedef struct {
	CoreFuncType t;
	CoreFuncInst callee;
} CoreFuncRef;

/* ftbl is the core table as a Table of CoreFuncRefs. */
CoreValues canon_thread_new_indirect(CoreFuncType ft, Table *ftbl, num fi, CoreValue c);
CoreValues canon_thread_resume_later(num i);
CoreValues canon_thread_suspend(bool cancellable);
CoreValues canon_thread_yield(bool cancellable);
CoreValues canon_thread_suspend_then_resume(bool cancellable, num i);
CoreValues canon_thread_yield_then_resume(bool cancellable, num i);
CoreValues canon_thread_suspend_then_promote(bool cancellable, num i);
CoreValues canon_thread_yield_then_promote(bool cancellable, num i);

struct ErrorContext {
	Object base;
	String *debug_message;
	/* C: what a collector knows; all null where it lives as long as an arena */
	Store *store;
	struct arena *arena; /* of the message, a child of the store's */
	uint32_t holders;    /* handles, and lifted values in arenas */
	ErrorContext *spare;
};

ErrorContext *ErrorContext_new(struct arena *a, const String *debug_message);

/* C: one that gives back what it took when nothing holds it any longer. Nothing does yet. */
ErrorContext *ErrorContext_in_store(Store *store, const String *debug_message);
void ErrorContext_hold(ErrorContext *self);
void ErrorContext_release(ErrorContext *self);
/* Until the arena goes. */
void ErrorContext_hold_in(struct arena *a, ErrorContext *self);

CoreValues canon_error_context_new(LiftOptions *opts, num ptr, num tagged_code_units);
CoreValues canon_error_context_debug_message(LiftLowerOptions *opts, num i, num ptr);
CoreValues canon_error_context_drop(num i);

#endif
