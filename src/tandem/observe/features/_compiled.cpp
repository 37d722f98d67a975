// The compiled twin of reference.py: the same program in, the same bits out, snapshots included.
//
// Rows of a key stand in the order of (event time, sequence number). Each row carries the running totals of every lane
// *before* it, so any window, ending now or in the past, is the difference of two rows; time does not grow with the
// number of rows in a window, nor memory with the number of windows. What cannot be subtracted (minimum, maximum,
// distinct) has a short sorted series that answers every window ending at the newest row; a window ending earlier is
// scanned. Where this file and reference.py ever differ, reference.py is right.

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/string.h>
#include <tsl/robin_map.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("fp-contract=off")  // a fused multiply-add would round once where the reference rounds twice
#else
#pragma STDC FP_CONTRACT OFF
#endif

namespace nb = nanobind;

using i64 = int64_t;
using u64 = uint64_t;
using u32 = uint32_t;
using i128 = __int128;
using u128 = unsigned __int128;

namespace {

constexpr u32 NONE = 0xffffffffu;
constexpr i64 SECOND = 1000000;
constexpr int SUM_LIMBS = 35;     // every sum of binary64 in units of 2^-1074
constexpr int SQUARE_LIMBS = 68;  // every sum of their squares in units of 2^-2148
constexpr size_t LAZY = 64;

enum Kind { INTEGER = 0, DOUBLE = 1, IDENTITY = 2 };
enum Op { COUNT, SUM, MEAN, MIN, MAX, STD, DISTINCT, FIRST, LAST, TIME_SINCE, CURRENT, ELAPSED, REPEATS };
enum OutputOp { VALUE, RATIO, ZSCORE, NOVELTY, SHORTFALL, DISTANCE, SPEED, WITHOUT };
enum Status { ABSENT, NEVER_SEEN, TOO_LATE, READ };

// ---------------------------------------------------------------------------------------------------------- numbers

double bits_double(u64 bits) {
    double value;
    std::memcpy(&value, &bits, 8);
    return value;
}

u64 double_bits(double value) {
    u64 bits;
    std::memcpy(&bits, &value, 8);
    return bits;
}

i64 floor_to(i64 t, i64 hop) {
    i64 rest = t % hop;
    return rest < 0 ? t - rest - hop : t - rest;
}

i64 oldest(i64 t, i64 window, i64 hop) { return hop ? floor_to(t - window + 1, hop) - 1 : t - window; }

// Adds (or subtracts) an unsigned 128-bit number at a bit position into a two's complement number of n limbs.
void add_at(u64* limbs, int n, u128 number, int position, bool negative) {
    int limb = position / 64, bit = position % 64;
    u64 parts[3];
    parts[0] = static_cast<u64>(number << bit);
    parts[1] = static_cast<u64>((number << bit) >> 64);
    parts[2] = bit ? static_cast<u64>(number >> (128 - bit)) : 0;
    u64 carry = 0;
    for (int i = 0; limb + i < n; ++i) {
        u64 part = i < 3 ? parts[i] : 0;
        if (i >= 3 && !carry) break;
        u64 before = limbs[limb + i];
        if (!negative) {
            u64 sum = before + part;
            u64 over = sum < before;
            u64 total = sum + carry;
            over |= total < sum;
            limbs[limb + i] = total;
            carry = over;
        } else {
            u64 difference = before - part;
            u64 under = before < part;
            u64 total = difference - carry;
            under |= difference < carry;
            limbs[limb + i] = total;
            carry = under;
        }
    }
}

void split(double value, u64& mantissa, int& shift, bool& negative) {
    u64 bits = double_bits(value);
    negative = bits >> 63;
    int exponent = static_cast<int>(bits >> 52 & 0x7ff);
    mantissa = bits & ((u64(1) << 52) - 1);
    if (exponent) mantissa |= u64(1) << 52;
    shift = exponent ? exponent - 1 : 0;
}

void add_double(u64* limbs, double value) {
    u64 mantissa;
    int shift;
    bool negative;
    split(value, mantissa, shift, negative);
    add_at(limbs, SUM_LIMBS, mantissa, shift, negative);
}

void add_double_square(u64* limbs, double value) {
    u64 mantissa;
    int shift;
    bool negative;
    split(value, mantissa, shift, negative);
    add_at(limbs, SQUARE_LIMBS, u128(mantissa) * mantissa, 2 * shift, false);
}

void add_limbs(u64* to, const u64* from, int n) {
    u64 carry = 0;
    for (int i = 0; i < n; ++i) {
        u128 sum = u128(to[i]) + from[i] + carry;
        to[i] = static_cast<u64>(sum);
        carry = static_cast<u64>(sum >> 64);
    }
}

void subtract_limbs(u64* to, const u64* from, int n) {
    u64 borrow = 0;
    for (int i = 0; i < n; ++i) {
        u128 difference = u128(to[i]) - from[i] - borrow;
        to[i] = static_cast<u64>(difference);
        borrow = static_cast<u64>(difference >> 64) & 1;
    }
}

bool negate_if_negative(u64* limbs, int n) {
    if (!(limbs[n - 1] >> 63)) return false;
    u64 carry = 1;
    for (int i = 0; i < n; ++i) {
        u128 sum = u128(~limbs[i]) + carry;
        limbs[i] = static_cast<u64>(sum);
        carry = static_cast<u64>(sum >> 64);
    }
    return true;
}

int bit_length(const u64* limbs, int n) {
    int top = n - 1;
    while (top >= 0 && !limbs[top]) --top;
    return top < 0 ? 0 : top * 64 + 64 - __builtin_clzll(limbs[top]);
}

// magnitude * 2^exponent, rounded once to binary64 (half to even); infinity where it is too large.
double round_limbs(const u64* limbs, int n, int exponent) {
    int highest = bit_length(limbs, n) - 1;
    if (highest < 0) return 0.0;
    int lowest = std::max(highest + exponent - 52, -1074);
    int shift = lowest - exponent;
    if (shift <= 0) return std::ldexp(static_cast<double>(limbs[0]), exponent);
    auto bit = [&](int position) -> u64 {
        return position / 64 < n ? limbs[position / 64] >> (position % 64) & 1 : 0;
    };
    u64 quotient = 0;
    for (int position = highest; position >= shift; --position) quotient = quotient << 1 | bit(position);
    if (bit(shift - 1)) {
        bool sticky = false;
        for (int limb = 0; limb < (shift - 1) / 64 && !sticky; ++limb) sticky = limbs[limb] != 0;
        if (!sticky && (shift - 1) % 64) {
            sticky = (limbs[(shift - 1) / 64] & ((u64(1) << ((shift - 1) % 64)) - 1)) != 0;
        }
        if (sticky || (quotient & 1)) ++quotient;
    }
    return std::ldexp(static_cast<double>(quotient), lowest);
}

// out (n + 1 limbs) = limbs (n limbs) * factor
void multiply_small(u64* out, const u64* limbs, int n, u64 factor) {
    u64 carry = 0;
    for (int i = 0; i < n; ++i) {
        u128 product = u128(limbs[i]) * factor + carry;
        out[i] = static_cast<u64>(product);
        carry = static_cast<u64>(product >> 64);
    }
    out[n] = carry;
}

// out (2 n limbs) = limbs * limbs
void square_limbs(u64* out, const u64* limbs, int n) {
    std::fill(out, out + 2 * n, 0);
    for (int i = 0; i < n; ++i) {
        if (!limbs[i]) continue;
        u64 carry = 0;
        for (int j = 0; j < n; ++j) {
            u128 product = u128(limbs[i]) * limbs[j] + out[i + j] + carry;
            out[i + j] = static_cast<u64>(product);
            carry = static_cast<u64>(product >> 64);
        }
        out[i + n] = carry;
    }
}

double denominator(u64 count) { return static_cast<double>(u128(count) * (count - 1)); }

// ---------------------------------------------------------------------------------------------------------- program

struct Lane {
    int bit, column;
    bool sums, squares, minimum, maximum, ends;
    size_t cap;
    Kind kind;
    bool has_column;
    // offsets in words: running totals in a row, and fields of a tile
    int count_at, sum_at, square_at;
    int tile_count, tile_sum, tile_square, tile_min, tile_max, tile_first, tile_last;
    int extra;  // index of its series, or -1
};

struct Cell {
    Op op;
    int lane;
    i64 window, hop;
    bool include_self;
    u64 cap;
    double divisor;
    int bound;
};

struct Bound {
    i64 window, hop;
};

struct Track {
    int arity;
    i64 lateness, fold, reach;
    std::vector<Kind> columns;
    std::vector<int> column_at;  // word of each column in a row
    std::vector<Lane> lanes;
    std::vector<Cell> cells;
    std::vector<int> before, after, all;
    std::vector<Bound> bounds;
    int value_words = 0, total_words = 0, tile_words = 0, extras = 0, first_slot = 0;
    int row_words = 0;
};

struct TypeOnTrack {
    std::vector<int> keys;
    bool counts;
    u64 mask;
    std::vector<std::pair<int, int>> filters;
    std::vector<int> values;
};

// One event type: how it meets every track, and the kind of each value handed over (-1 where none is needed).
struct EventType {
    std::vector<TypeOnTrack> tracks;
    std::vector<int> kinds;

    void add(TypeOnTrack on, const std::vector<Track>& programs) {
        const Track& program = programs[tracks.size()];
        for (int position : on.keys) need(position, IDENTITY);
        for (size_t column = 0; column < on.values.size(); ++column) need(on.values[column], program.columns[column]);
        tracks.push_back(std::move(on));
    }

  private:
    void need(int position, Kind kind) {
        if (position < 0) return;
        if (static_cast<size_t>(position) >= kinds.size()) kinds.resize(position + 1, -1);
        kinds[position] = kind;
    }
};

struct Output {
    OutputOp op;
    int a, b, c;
    double factor;
    int d, e;
};

enum SlotKind : uint8_t { EMPTY, WHOLE, FLOAT, TEXT };

struct Slot {
    u64 low, high;
    SlotKind kind;
};

constexpr Slot NOTHING{0, 0, EMPTY};
Slot whole(i64 value) { return {static_cast<u64>(value), 0, WHOLE}; }
Slot floating(double value) { return {double_bits(value), 0, FLOAT}; }

struct Key {
    u64 word[4];
    bool operator==(const Key& other) const { return !std::memcmp(word, other.word, sizeof word); }
    bool operator<(const Key& other) const {
        return std::lexicographical_compare(word, word + 4, other.word, other.word + 4);
    }
};

struct Id {
    u64 high, low;
    bool operator==(const Id& other) const { return high == other.high && low == other.low; }
    bool operator<(const Id& other) const { return high != other.high ? high < other.high : low < other.low; }
};

u64 mix(u64 value) {
    value ^= value >> 33;
    value *= 0xff51afd7ed558ccdULL;
    value ^= value >> 33;
    value *= 0xc4ceb9fe1a85ec53ULL;
    return value ^ value >> 33;
}

struct HashKey {
    size_t operator()(const Key& key) const {
        return mix(key.word[0] ^ mix(key.word[1] ^ mix(key.word[2] ^ mix(key.word[3]))));
    }
};

struct HashId {
    size_t operator()(const Id& id) const { return mix(id.high ^ mix(id.low)); }
};

// -------------------------------------------------------------------------------------------------------------- rows

// A series sorted by time: suffix minima or maxima, or the newest time of each distinct value.
struct Series {
    struct Entry {
        i64 t;
        Id value;
    };
    std::vector<Entry> entries;
    size_t start = 0;

    size_t size() const { return entries.size() - start; }
    size_t end() const { return entries.size(); }
    // The first entry after an instant; most questions are about few of the newest.
    size_t after(i64 instant) const {
        size_t left = start, right = entries.size();
        while (left < right) {
            size_t middle = left + (right - left) / 2;
            if (entries[middle].t > instant) {
                right = middle;
            } else {
                left = middle + 1;
            }
        }
        return left;
    }
    void clear() {
        entries.clear();
        start = 0;
    }
    void insert(size_t position, i64 t, Id value) { entries.insert(entries.begin() + position, Entry{t, value}); }
    void erase(size_t from, size_t to) { entries.erase(entries.begin() + from, entries.begin() + to); }
    void let_go(i64 horizon) {
        while (start < entries.size() && entries[start].t <= horizon) ++start;
        compact();
    }
    void compact() {
        if (start > 32 && start * 2 > entries.size()) {
            erase(0, start);
            start = 0;
        }
    }
};

struct Tile {
    i64 start;
    std::vector<u64> words;
    std::vector<std::vector<Id>> sets;  // per lane with a cap, ascending
};

// A row is: time, sequence number, event, flags, nulls, values, running totals of every lane before it.
constexpr int TIME = 0, SEQ = 1, EVENT = 2, FLAGS = 3, NULLS = 4, VALUES = 5;

// One block of words per key, so that a read touches little memory: the running totals of all rows, then the rows.
struct State {
    i64 newest = 0;
    size_t start = 0, end = 0;  // rows [start, end) are there
    std::vector<u64> words;
    std::vector<Series> extras;
    std::vector<Tile> tiles;
    Key key{};

    size_t count() const { return end - start; }
    void clear(const Track& track) {
        newest = 0;
        start = end = 0;
        words.assign(track.total_words, 0);
        for (auto& one : extras) one.clear();
        tiles.clear();
    }
};

struct Row {
    i64 t;
    i64 seq;
    u32 event;
    u64 flags, nulls;
    const u64* values;
};

// The value of a lane in a row, if the lane sees the row.
bool lane_sees(const Lane& lane, u64 flags, u64 nulls) {
    return (lane.bit < 0 || (flags >> lane.bit & 1)) && (lane.column < 0 || !(nulls >> lane.column & 1));
}

Id value_of(const Track& track, const Lane& lane, const u64* values) {
    if (lane.column < 0) return {0, 1};
    const u64* at = values + track.column_at[lane.column];
    return lane.kind == IDENTITY ? Id{at[0], at[1]} : Id{0, at[0]};
}

bool less(Kind kind, u64 a, u64 b) {
    return kind == DOUBLE ? bits_double(a) < bits_double(b) : static_cast<i64>(a) < static_cast<i64>(b);
}

class Machine {
  public:
    explicit Machine(const Track& track) : track(track) {}

    const Track& track;

    u64* row(State& state, size_t index) const {
        return state.words.data() + track.total_words + index * track.row_words;
    }
    const u64* row(const State& state, size_t index) const {
        return state.words.data() + track.total_words + index * track.row_words;
    }
    i64 time(const State& state, size_t index) const { return static_cast<i64>(row(state, index)[TIME]); }
    // Running totals before the row at `index`, or of all rows.
    const u64* totals(const State& state, size_t index) const {
        return index == state.end ? state.words.data() : row(state, index) + VALUES + track.value_words;
    }
    u64* totals(State& state, size_t index) const {
        return index == state.end ? state.words.data() : row(state, index) + VALUES + track.value_words;
    }
    // The first row in [low, high) after an instant.
    size_t first_after(const State& state, size_t low, size_t high, i64 instant) const {
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (time(state, middle) > instant) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    i64 horizon(const State& state) const { return state.newest - track.lateness - track.reach; }

    // Reads all cells as of t; nothing changes.
    Status read(const State& state, i64 t, Slot* slots) const {
        if (t < state.newest - track.lateness) {
            std::fill(slots, slots + track.cells.size(), NOTHING);
            return TOO_LATE;
        }
        cells(track.all, state, t, position_after(state, t), slots, nullptr);
        return READ;
    }

    // Takes in a row and reads all cells as of it. dropped(event) is called for every row let go.
    template <typename Dropped>
    Status add(State& state, const Row& made, Slot* slots, Dropped dropped) const {
        bool late = made.t < state.newest - track.lateness;
        state.newest = std::max(state.newest, made.t);
        size_t position = position_after(state, made.t);
        if (late) {
            std::fill(slots, slots + track.cells.size(), NOTHING);
        } else if (!track.before.empty()) {
            cells(track.before, state, made.t, position, slots, &made);
        }
        if (late && !is_kept(state, made.t)) {
            fold_row(state, made);
            dropped(made.event);
            return TOO_LATE;
        }
        insert(state, position, made);
        if (!late) cells(track.after, state, made.t, position + 1, slots, &made);
        settle(state, dropped);
        return late ? TOO_LATE : READ;
    }

    // Forgets a corrected row; does nothing where it is settled or gone.
    void remove(State& state, i64 t, i64 seq) const {
        size_t position = position_after(state, t);
        while (position > state.start && time(state, position - 1) == t) {
            --position;
            if (static_cast<i64>(row(state, position)[SEQ]) != seq) continue;
            const u64* own = row(state, position) + VALUES + track.value_words;
            std::copy(own, own + track.total_words, totals(state, position + 1));
            auto first = state.words.begin() + track.total_words + position * track.row_words;
            state.words.erase(first, first + track.row_words);
            --state.end;
            recompute(state, position);
            rebuild_extras(state);
            return;
        }
    }

    // Restores a row that stood after all before it.
    void append(State& state, const Row& made) const { insert(state, state.end, made); }

    void fold_row(State& state, const Row& made) const {
        if (track.fold < 0) return;
        i64 start = track.fold ? floor_to(made.t, track.fold) : 0;
        if (track.fold && start <= edge(state)) return;
        auto at = std::lower_bound(state.tiles.begin(), state.tiles.end(), start,
                                   [](const Tile& tile, i64 value) { return tile.start < value; });
        if (at == state.tiles.end() || at->start != start) at = state.tiles.insert(at, new_tile(start));
        for (const Lane& lane : track.lanes) {
            if (lane_sees(lane, made.flags, made.nulls)) fold_lane(*at, lane, made);
        }
    }

    Tile new_tile(i64 start) const {
        Tile tile;
        tile.start = start;
        tile.words.assign(track.tile_words, 0);
        tile.sets.resize(track.lanes.size());
        return tile;
    }

  private:
    size_t position_after(const State& state, i64 t) const {
        if (state.end == state.start || t >= time(state, state.end - 1)) return state.end;
        return first_after(state, state.start, state.end, t);
    }

    bool is_kept(const State& state, i64 t) const {
        return track.fold >= 0 ? t > state.newest - track.lateness : t > horizon(state);
    }

    i64 edge(const State& state) const { return oldest(state.newest - track.lateness, track.reach, track.fold); }

    void insert(State& state, size_t position, const Row& made) const {
        bool at_end = position == state.end;
        size_t first = track.total_words + position * track.row_words;
        state.words.insert(state.words.begin() + first, track.row_words, 0);
        ++state.end;
        u64* at = state.words.data() + first;
        at[TIME] = static_cast<u64>(made.t);
        at[SEQ] = static_cast<u64>(made.seq);
        at[EVENT] = made.event;
        at[FLAGS] = made.flags;
        at[NULLS] = made.nulls;
        std::copy(made.values, made.values + track.value_words, at + VALUES);
        u64* own = at + VALUES + track.value_words;
        if (at_end) {
            std::copy(state.words.data(), state.words.data() + track.total_words, own);
            accumulate(state.words.data(), at);
        } else {
            const u64* before = row(state, position + 1) + VALUES + track.value_words;
            std::copy(before, before + track.total_words, own);
            recompute(state, position);
        }
        for (const Lane& lane : track.lanes) {
            if (lane.extra >= 0 && lane_sees(lane, made.flags, made.nulls)) {
                extend(state, lane, made.t, value_of(track, lane, made.values));
            }
        }
    }

    // Running totals after the row at `position`; those before it are right already.
    void recompute(State& state, size_t position) const {
        for (size_t index = position; index < state.end; ++index) {
            const u64* own = row(state, index) + VALUES + track.value_words;
            u64* next = totals(state, index + 1);
            std::copy(own, own + track.total_words, next);
            accumulate(next, row(state, index));
        }
    }

    void accumulate(u64* totals, const u64* at) const {
        for (const Lane& lane : track.lanes) {
            if (!lane_sees(lane, at[FLAGS], at[NULLS])) continue;
            totals[lane.count_at] += 1;
            if (lane.sum_at < 0) continue;
            i64 value = static_cast<i64>(at[VALUES + track.column_at[lane.column]]);
            add_whole(totals + lane.sum_at, value);
            if (lane.square_at >= 0) add_at(totals + lane.square_at, 4, square(value), 0, false);
        }
    }

    static void add_whole(u64* sum, i64 value) {
        u128 total = (u128(sum[1]) << 64 | sum[0]) + static_cast<u128>(static_cast<i128>(value));
        sum[0] = static_cast<u64>(total);
        sum[1] = static_cast<u64>(total >> 64);
    }

    static u128 square(i64 value) {
        i128 wide = value;
        return static_cast<u128>(wide * wide);
    }

    void extend(State& state, const Lane& lane, i64 t, Id value) const {
        int extra = lane.extra;
        if (lane.minimum) extend_extreme(state.extras[extra++], lane.kind, t, value, false);
        if (lane.maximum) extend_extreme(state.extras[extra++], lane.kind, t, value, true);
        if (lane.cap) extend_distinct(state.extras[extra], lane, t, value);
    }

    // Keeps the rows that no later row beats.
    static void extend_extreme(Series& series, Kind kind, i64 t, Id value, bool largest) {
        auto beats = [&](u64 a, u64 b) { return largest ? !less(kind, a, b) : !less(kind, b, a); };
        size_t position = series.size() && t < series.entries.back().t ? series.after(t) : series.end();
        if (position < series.end() && beats(series.entries[position].value.low, value.low)) return;
        size_t from = position;
        while (from > series.start && beats(value.low, series.entries[from - 1].value.low)) --from;
        series.erase(from, position);
        series.insert(from, t, value);
    }

    static void extend_distinct(Series& series, const Lane& lane, i64 t, Id value) {
        for (size_t index = series.end(); index-- > series.start;) {
            if (series.entries[index].value == value) {
                if (series.entries[index].t >= t) return;
                series.erase(index, index + 1);
                break;
            }
        }
        size_t position = series.size() && t < series.entries.back().t ? series.after(t) : series.end();
        series.insert(position, t, value);
        // the newest `cap` values answer every question about at most `cap` of them
        if (series.size() > lane.cap) {
            ++series.start;
            series.compact();
        }
    }

    void rebuild_extras(State& state) const {
        for (auto& one : state.extras) one.clear();
        for (size_t index = state.start; index < state.end; ++index) {
            const u64* at = row(state, index);
            for (const Lane& lane : track.lanes) {
                if (lane.extra >= 0 && lane_sees(lane, at[FLAGS], at[NULLS])) {
                    extend(state, lane, time(state, index), value_of(track, lane, at + VALUES));
                }
            }
        }
    }

    template <typename Dropped>
    void settle(State& state, Dropped dropped) const {
        i64 limit = track.fold < 0 ? horizon(state) : state.newest - track.lateness;
        if (time(state, state.start) > limit) return;
        size_t end = state.start + 1;
        while (end < state.end && time(state, end) <= limit) ++end;
        if (track.fold >= 0) {
            for (size_t index = state.start; index < end; ++index) {
                const u64* at = row(state, index);
                fold_row(state, Row{static_cast<i64>(at[TIME]), static_cast<i64>(at[SEQ]), NONE, at[FLAGS], at[NULLS],
                                    at + VALUES});
            }
        }
        drop(state, end, limit, dropped);
        if (track.fold > 0) {
            i64 limit_tile = edge(state);
            size_t gone = 0;
            while (gone < state.tiles.size() && state.tiles[gone].start <= limit_tile) ++gone;
            state.tiles.erase(state.tiles.begin(), state.tiles.begin() + gone);
        }
    }

    template <typename Dropped>
    void drop(State& state, size_t end, i64 limit, Dropped dropped) const {
        for (size_t index = state.start; index < end; ++index) dropped(static_cast<u32>(row(state, index)[EVENT]));
        state.start = end;
        for (auto& one : state.extras) one.let_go(limit);
        if (state.start == state.end || (state.start > LAZY && state.start * 2 > state.end)) {
            auto first = state.words.begin() + track.total_words;
            state.words.erase(first, first + state.start * track.row_words);
            state.end -= state.start;
            state.start = 0;
        }
    }

    void fold_lane(Tile& tile, const Lane& lane, const Row& made) const {
        u64* words = tile.words.data();
        Id value = value_of(track, lane, made.values);
        bool first = words[lane.tile_count]++ == 0;
        if (lane.sums) {
            if (lane.kind == DOUBLE) {
                add_double(words + lane.tile_sum, bits_double(value.low));
            } else {
                add_whole(words + lane.tile_sum, static_cast<i64>(value.low));
            }
        }
        if (lane.squares) {
            if (lane.kind == DOUBLE) {
                add_double_square(words + lane.tile_square, bits_double(value.low));
            } else {
                add_at(words + lane.tile_square, 4, square(static_cast<i64>(value.low)), 0, false);
            }
        }
        if (lane.minimum && (first || less(lane.kind, value.low, words[lane.tile_min]))) {
            words[lane.tile_min] = value.low;
        }
        if (lane.maximum && (first || less(lane.kind, words[lane.tile_max], value.low))) {
            words[lane.tile_max] = value.low;
        }
        if (lane.ends) {
            if (first || earlier(made, words + lane.tile_first)) set_end(words + lane.tile_first, lane, made, value);
            if (first || !earlier(made, words + lane.tile_last)) set_end(words + lane.tile_last, lane, made, value);
        }
        if (lane.cap) fold_distinct(tile.sets[&lane - track.lanes.data()], lane, value);
    }

    static bool earlier(const Row& made, const u64* end) {
        i64 t = static_cast<i64>(end[0]);
        return made.t != t ? made.t < t : made.seq < static_cast<i64>(end[1]);
    }

    static void set_end(u64* end, const Lane& lane, const Row& made, Id value) {
        end[0] = static_cast<u64>(made.t);
        end[1] = static_cast<u64>(made.seq);
        if (!lane.has_column) return;
        end[2] = lane.kind == IDENTITY ? value.high : value.low;
        if (lane.kind == IDENTITY) end[3] = value.low;
    }

    static Id ordered(const Lane& lane, Id value) {
        if (lane.kind != IDENTITY) value.low ^= u64(1) << 63;
        return value;
    }

    static void fold_distinct(std::vector<Id>& set, const Lane& lane, Id value) {
        if (set.size() >= lane.cap) return;
        Id key = ordered(lane, value);
        auto at = std::lower_bound(set.begin(), set.end(), key);
        if (at == set.end() || !(*at == key)) set.insert(at, key);
    }

    // ---------------------------------------------------------------------------------------------------- reading

    void cells(const std::vector<int>& chosen, const State& state, i64 t, size_t high, Slot* slots,
               const Row* own) const {
        size_t lows[256];
        i64 afters[256];
        size_t begin = state.start;
        for (size_t index = 0; index < track.bounds.size(); ++index) {
            const Bound& bound = track.bounds[index];
            if (!bound.window) {
                lows[index] = begin;
                afters[index] = INT64_MIN;
                continue;
            }
            i64 after = oldest(t, bound.window, bound.hop);
            afters[index] = after;
            lows[index] = begin >= high || time(state, begin) > after ? begin : first_after(state, begin, high, after);
        }
        for (int index : chosen) {
            const Cell& cell = track.cells[index];
            slots[index] = cell_value(cell, state, t, lows[cell.bound], high, afters[cell.bound], own);
        }
    }

    Slot cell_value(const Cell& cell, const State& state, i64 t, size_t low, size_t high, i64 after,
                    const Row* own) const {
        const Lane& lane = track.lanes[cell.lane];
        u64 count = totals(state, high)[lane.count_at] - totals(state, low)[lane.count_at];
        switch (cell.op) {
            case COUNT:
                for (const Tile& tile : state.tiles) {
                    if (tile.start > after || !cell.window) count += tile.words[lane.tile_count];
                }
                return whole(static_cast<i64>(count));
            case SUM:
            case MEAN:
            case STD:
                return moments(cell, lane, state, low, high, after, count);
            case MIN:
            case MAX:
                return extreme(cell, lane, state, low, high, after, count);
            case DISTINCT:
                return whole(static_cast<i64>(std::min<u64>(cell.cap, distinct(cell, lane, state, low, high, after))));
            case TIME_SINCE: {
                if (count) return whole((t - time(state, last_row(lane, state, low, high))) / SECOND);
                const u64* end = tile_end(cell, lane, state, after, true);
                return end ? whole((t - static_cast<i64>(end[0])) / SECOND) : NOTHING;
            }
            case FIRST: {
                const u64* end = tile_end(cell, lane, state, after, false);
                if (end) return end_value(lane, end + 2);
                return count ? row_value(lane, state, first_row(lane, state, low, high)) : NOTHING;
            }
            case LAST: {
                if (count) return row_value(lane, state, last_row(lane, state, low, high));
                const u64* end = tile_end(cell, lane, state, after, true);
                return end ? end_value(lane, end + 2) : NOTHING;
            }
            case CURRENT:
                if (!own || !lane_sees(lane, own->flags, own->nulls)) return NOTHING;
                return end_value(lane, own->values + track.column_at[lane.column]);
            case ELAPSED: {
                if (count) return whole(t - time(state, last_row(lane, state, low, high)));
                const u64* end = tile_end(cell, lane, state, after, true);
                return end ? whole(t - static_cast<i64>(end[0])) : NOTHING;
            }
            case REPEATS:
                if (!own || !lane_sees(lane, own->flags, own->nulls)) return NOTHING;
                return whole(repeats(lane, state, low, high, own->values + track.column_at[lane.column]));
        }
        return NOTHING;
    }

    // How many rows the lane sees in [low, high) have the value at `mine`.
    i64 repeats(const Lane& lane, const State& state, size_t low, size_t high, const u64* mine) const {
        i64 found = 0;
        int at = track.column_at[lane.column];
        for (size_t index = low; index < high; ++index) {
            const u64* one = row(state, index);
            if (!lane_sees(lane, one[FLAGS], one[NULLS])) continue;
            const u64* value = one + VALUES + at;
            found += value[0] == mine[0] && (lane.kind != IDENTITY || value[1] == mine[1]);
        }
        return found;
    }

    static Slot end_value(const Lane& lane, const u64* at) {
        if (lane.kind == IDENTITY) return {at[1], at[0], TEXT};
        return {at[0], 0, lane.kind == DOUBLE ? FLOAT : WHOLE};
    }

    Slot row_value(const Lane& lane, const State& state, size_t index) const {
        return end_value(lane, row(state, index) + VALUES + track.column_at[lane.column]);
    }

    // The first or last folded row the lane saw in the window; folded rows are older than all others.
    const u64* tile_end(const Cell& cell, const Lane& lane, const State& state, i64 after, bool newest) const {
        const u64* found = nullptr;
        for (const Tile& tile : state.tiles) {
            if ((tile.start > after || !cell.window) && tile.words[lane.tile_count]) {
                found = tile.words.data() + (newest ? lane.tile_last : lane.tile_first);
                if (!newest) return found;
            }
        }
        return found;
    }

    // Counts only grow from row to row, so the first and last row a lane sees are found by bisection.
    size_t first_row(const Lane& lane, const State& state, size_t low, size_t high) const {
        u64 before = totals(state, low)[lane.count_at];
        size_t left = low + 1, right = high;
        while (left < right) {
            size_t middle = left + (right - left) / 2;
            if (totals(state, middle)[lane.count_at] > before) {
                right = middle;
            } else {
                left = middle + 1;
            }
        }
        return left - 1;
    }

    size_t last_row(const Lane& lane, const State& state, size_t low, size_t high) const {
        u64 all = totals(state, high)[lane.count_at];
        if (totals(state, high - 1)[lane.count_at] < all) return high - 1;
        size_t left = low + 1, right = high;
        while (left < right) {
            size_t middle = left + (right - left) / 2;
            if (totals(state, middle)[lane.count_at] < all) {
                left = middle + 1;
            } else {
                right = middle;
            }
        }
        return left - 1;
    }

    Slot moments(const Cell& cell, const Lane& lane, const State& state, size_t low, size_t high, i64 after,
                 u64 count) const {
        if (lane.kind == DOUBLE) return double_moments(cell, lane, state, low, high, after, count);
        const u64 *to = totals(state, high), *from = totals(state, low);
        u64 sum[2] = {to[lane.sum_at], to[lane.sum_at + 1]};
        subtract_limbs(sum, from + lane.sum_at, 2);
        u64 squares[4] = {0, 0, 0, 0};
        if (cell.op == STD) {
            std::copy(to + lane.square_at, to + lane.square_at + 4, squares);
            subtract_limbs(squares, from + lane.square_at, 4);
        }
        for (const Tile& tile : state.tiles) {
            if (tile.start <= after && cell.window) continue;
            count += tile.words[lane.tile_count];
            add_limbs(sum, tile.words.data() + lane.tile_sum, 2);
            if (cell.op == STD) add_limbs(squares, tile.words.data() + lane.tile_square, 4);
        }
        i128 total = static_cast<i128>(u128(sum[1]) << 64 | sum[0]);
        if (cell.op == SUM) return total >= INT64_MIN && total <= INT64_MAX ? whole(static_cast<i64>(total)) : NOTHING;
        if (cell.op == MEAN) {
            if (!count) return NOTHING;
            return floating(static_cast<double>(total) / static_cast<double>(count) / cell.divisor);
        }
        if (count < 2) return NOTHING;
        u64 numerator[5], product[4];
        multiply_small(numerator, squares, 4, count);
        negate_if_negative(sum, 2);
        square_limbs(product, sum, 2);
        u64 wide[5] = {product[0], product[1], product[2], product[3], 0};
        subtract_limbs(numerator, wide, 5);
        return floating(std::sqrt(round_limbs(numerator, 5, 0) / denominator(count)) / cell.divisor);
    }

    Slot double_moments(const Cell& cell, const Lane& lane, const State& state, size_t low, size_t high, i64 after,
                        u64 count) const {
        u64 sum[SUM_LIMBS] = {0};
        u64 squares[SQUARE_LIMBS] = {0};
        int at = track.column_at[lane.column];
        for (size_t index = low; index < high; ++index) {
            const u64* one = row(state, index);
            if (!lane_sees(lane, one[FLAGS], one[NULLS])) continue;
            double value = bits_double(one[VALUES + at]);
            add_double(sum, value);
            if (cell.op == STD) add_double_square(squares, value);
        }
        for (const Tile& tile : state.tiles) {
            if (tile.start <= after && cell.window) continue;
            count += tile.words[lane.tile_count];
            add_limbs(sum, tile.words.data() + lane.tile_sum, SUM_LIMBS);
            if (cell.op == STD) add_limbs(squares, tile.words.data() + lane.tile_square, SQUARE_LIMBS);
        }
        bool negative = negate_if_negative(sum, SUM_LIMBS);
        if (cell.op == STD) {
            if (count < 2) return NOTHING;
            u64 numerator[2 * SUM_LIMBS] = {0}, product[2 * SUM_LIMBS];
            multiply_small(numerator, squares, SQUARE_LIMBS, count);
            square_limbs(product, sum, SUM_LIMBS);
            subtract_limbs(numerator, product, 2 * SUM_LIMBS);
            // the variance can be outside binary64 where the deviation is not: take out a power of four first
            int power = std::max(0, (bit_length(numerator, 2 * SUM_LIMBS) - 400) / 2);
            double root = std::sqrt(round_limbs(numerator, 2 * SUM_LIMBS, -2 * power) / denominator(count));
            double deviation = std::ldexp(root, power - 1074);
            return std::isinf(deviation) ? NOTHING : floating(deviation / cell.divisor);
        }
        if (cell.op == MEAN && !count) return NOTHING;
        double total = round_limbs(sum, SUM_LIMBS, -1074);
        if (std::isinf(total)) return NOTHING;
        if (negative) total = -total;
        return floating(cell.op == SUM ? total : total / static_cast<double>(count) / cell.divisor);
    }

    Slot extreme(const Cell& cell, const Lane& lane, const State& state, size_t low, size_t high, i64 after,
                 u64 count) const {
        bool largest = cell.op == MAX;
        bool found = false;
        u64 best = 0;
        auto offer = [&](u64 value) {
            if (!found || (largest ? less(lane.kind, best, value) : less(lane.kind, value, best))) best = value;
            found = true;
        };
        if (count && high == state.end) {
            const Series& series = state.extras[lane.extra + (largest && lane.minimum ? 1 : 0)];
            size_t at = cell.window ? series.after(after) : series.start;
            if (at < series.end()) offer(series.entries[at].value.low);
        } else if (count) {
            for (size_t index = low; index < high; ++index) {
                const u64* one = row(state, index);
                if (lane_sees(lane, one[FLAGS], one[NULLS])) offer(one[VALUES + track.column_at[lane.column]]);
            }
        }
        for (const Tile& tile : state.tiles) {
            if ((tile.start > after || !cell.window) && tile.words[lane.tile_count]) {
                offer(tile.words[largest ? lane.tile_max : lane.tile_min]);
            }
        }
        if (!found) return NOTHING;
        return {best, 0, lane.kind == DOUBLE ? FLOAT : WHOLE};
    }

    u64 distinct(const Cell& cell, const Lane& lane, const State& state, size_t low, size_t high, i64 after) const {
        const Series& series = state.extras[lane.extra + (lane.minimum ? 1 : 0) + (lane.maximum ? 1 : 0)];
        bool at_end = high == state.end;
        if (track.fold < 0 && at_end) return series.end() - series.after(after);
        std::vector<Id> values;
        if (at_end && !cell.window) {
            for (size_t index = series.start; index < series.end(); ++index) {
                values.push_back(ordered(lane, series.entries[index].value));
            }
        } else {
            for (size_t index = low; index < high; ++index) {
                const u64* one = row(state, index);
                if (lane_sees(lane, one[FLAGS], one[NULLS])) {
                    values.push_back(ordered(lane, value_of(track, lane, one + VALUES)));
                }
            }
            std::sort(values.begin(), values.end());
            values.erase(std::unique(values.begin(), values.end()), values.end());
        }
        if (state.tiles.empty()) return values.size();
        const std::vector<Id>& set = state.tiles[0].sets[cell.lane];
        u64 count = set.size();
        for (const Id& value : values) count += !std::binary_search(set.begin(), set.end(), value);
        return count;
    }
};

// -------------------------------------------------------------------------------------------------- program from Python

template <typename T>
T item(nb::handle tuple, int index) {
    return nb::cast<T>(nb::borrow<nb::object>(PyTuple_GET_ITEM(tuple.ptr(), index)));
}

nb::handle at(nb::handle tuple, Py_ssize_t index) { return nb::handle(PyTuple_GET_ITEM(tuple.ptr(), index)); }

Track read_track(nb::handle made, int first_slot) {
    Track track;
    track.first_slot = first_slot;
    track.arity = item<int>(made, 0);
    track.lateness = item<i64>(made, 1);
    track.fold = item<i64>(made, 2);
    track.reach = item<i64>(made, 3);
    for (nb::handle kind : nb::borrow<nb::tuple>(at(made, 4))) {
        track.column_at.push_back(track.value_words);
        track.columns.push_back(static_cast<Kind>(nb::cast<int>(kind)));
        track.value_words += track.columns.back() == IDENTITY ? 2 : 1;
    }
    for (nb::handle one : nb::borrow<nb::tuple>(at(made, 5))) {
        Lane lane{};
        lane.bit = item<int>(one, 0);
        lane.column = item<int>(one, 1);
        lane.sums = item<bool>(one, 2);
        lane.squares = item<bool>(one, 3);
        lane.minimum = item<bool>(one, 4);
        lane.maximum = item<bool>(one, 5);
        lane.ends = item<bool>(one, 6);
        lane.cap = item<size_t>(one, 7);
        lane.has_column = lane.column >= 0;
        lane.kind = lane.has_column ? track.columns[lane.column] : INTEGER;
        bool summed = lane.sums && lane.kind == INTEGER;
        lane.count_at = track.total_words++;
        lane.sum_at = summed ? track.total_words : -1;
        track.total_words += summed ? 2 : 0;
        lane.square_at = summed && lane.squares ? track.total_words : -1;
        track.total_words += summed && lane.squares ? 4 : 0;
        auto place = [&](bool kept, int words) {
            int from = track.tile_words;
            track.tile_words += kept ? words : 0;
            return from;
        };
        int width = !lane.has_column ? 0 : lane.kind == IDENTITY ? 2 : 1;
        lane.tile_count = place(true, 1);
        lane.tile_sum = place(lane.sums, lane.kind == DOUBLE ? SUM_LIMBS : 2);
        lane.tile_square = place(lane.squares, lane.kind == DOUBLE ? SQUARE_LIMBS : 4);
        lane.tile_min = place(lane.minimum, 1);
        lane.tile_max = place(lane.maximum, 1);
        lane.tile_first = place(lane.ends, 2 + width);
        lane.tile_last = place(lane.ends, 2 + width);
        int series = (lane.minimum ? 1 : 0) + (lane.maximum ? 1 : 0) + (lane.cap ? 1 : 0);
        lane.extra = series ? track.extras : -1;
        track.extras += series;
        track.lanes.push_back(lane);
    }
    track.row_words = VALUES + track.value_words + track.total_words;
    for (nb::handle one : nb::borrow<nb::tuple>(at(made, 6))) {
        Cell cell{};
        cell.op = static_cast<Op>(item<int>(one, 0));
        cell.lane = item<int>(one, 1);
        cell.window = item<i64>(one, 2);
        cell.hop = item<i64>(one, 3);
        cell.include_self = item<bool>(one, 4);
        cell.cap = item<u64>(one, 5);
        cell.divisor = item<double>(one, 6);
        cell.bound = -1;
        for (size_t index = 0; index < track.bounds.size(); ++index) {
            if (track.bounds[index].window == cell.window && track.bounds[index].hop == cell.hop) {
                cell.bound = static_cast<int>(index);
            }
        }
        if (cell.bound < 0) {
            cell.bound = static_cast<int>(track.bounds.size());
            track.bounds.push_back({cell.window, cell.hop});
            if (track.bounds.size() > 256) throw std::invalid_argument("over 256 different windows on one track");
        }
        int index = static_cast<int>(track.cells.size());
        track.all.push_back(index);
        (cell.include_self ? track.after : track.before).push_back(index);
        track.cells.push_back(cell);
    }
    return track;
}

TypeOnTrack read_type(nb::handle made) {
    TypeOnTrack on;
    for (nb::handle position : nb::borrow<nb::tuple>(at(made, 0))) on.keys.push_back(nb::cast<int>(position));
    on.counts = item<bool>(made, 1);
    on.mask = item<u64>(made, 2);
    for (nb::handle one : nb::borrow<nb::tuple>(at(made, 3))) on.filters.emplace_back(item<int>(one, 0), item<int>(one, 1));
    for (nb::handle position : nb::borrow<nb::tuple>(at(made, 4))) on.values.push_back(nb::cast<int>(position));
    return on;
}

// ------------------------------------------------------------------------------------------------------ Python values

u64 big_endian(const unsigned char* bytes) {
    u64 value = 0;
    for (int i = 0; i < 8; ++i) value = value << 8 | bytes[i];
    return value;
}

void put_big_endian(std::vector<char>& out, u64 value) {
    for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

struct HexTable {
    int8_t value[256];
    HexTable() {
        std::fill(value, value + 256, int8_t(-1));
        for (int i = 0; i < 10; ++i) value['0' + i] = static_cast<int8_t>(i);
        for (int i = 0; i < 6; ++i) value['a' + i] = value['A' + i] = static_cast<int8_t>(10 + i);
    }
};
const HexTable HEX;

// A pseudonym (32 hex digits) or 16 bytes as an identity.
Id identity(PyObject* value) {
    if (PyUnicode_Check(value) && PyUnicode_IS_ASCII(value) && PyUnicode_GET_LENGTH(value) == 32) {
        const unsigned char* text = PyUnicode_1BYTE_DATA(value);
        u64 words[2] = {0, 0};
        int bad = 0;
        for (int i = 0; i < 32; ++i) {
            int digit = HEX.value[text[i]];
            bad |= digit;
            words[i / 16] = words[i / 16] << 4 | static_cast<u64>(digit & 15);
        }
        if (bad >= 0) return {words[0], words[1]};
    } else if (PyBytes_Check(value) && PyBytes_GET_SIZE(value) == 16) {
        const unsigned char* bytes = reinterpret_cast<const unsigned char*>(PyBytes_AS_STRING(value));
        return {big_endian(bytes), big_endian(bytes + 8)};
    }
    throw nb::value_error("not a pseudonym of 32 hex digits");
}

PyObject* python_value(const Slot& slot) {
    switch (slot.kind) {
        case WHOLE:
            return PyLong_FromLongLong(static_cast<i64>(slot.low));
        case FLOAT:
            return PyFloat_FromDouble(bits_double(slot.low));
        case TEXT: {
            unsigned char bytes[16];
            std::memcpy(bytes, &slot.low, 8);
            std::memcpy(bytes + 8, &slot.high, 8);
            return _PyLong_FromByteArray(bytes, 16, 1, 0);
        }
        default:
            Py_RETURN_NONE;
    }
}

bool number_of(const Slot& slot, double& value) {
    if (slot.kind == WHOLE) {
        value = static_cast<double>(static_cast<i64>(slot.low));
    } else if (slot.kind == FLOAT) {
        value = bits_double(slot.low);
    } else {
        return false;
    }
    return true;
}

// Distance between places; every step as in places.py, in its order, so that the bits are the same.
double sine(double x) {
    double square = x * x, total = x, term = x;
    for (int n = 1; n < 12; ++n) {
        term = -(term * square) / static_cast<double>(2 * n * (2 * n + 1));
        total = total + term;
    }
    return total;
}

double cosine(double x) {
    double half = sine(x / 2.0);
    return 1.0 - 2.0 * (half * half);
}

double arc_sine(double x) {
    double square = x * x, total = x, power = x;
    for (int n = 0; n < 30; ++n) {
        power = power * square * static_cast<double>((2 * n + 1) * (2 * n + 1)) /
                static_cast<double>((2 * n + 2) * (2 * n + 3));
        total = total + power;
    }
    return total;
}

// Whole metres, or -1 where one of the two is no place.
double metres_between(double latitude, double before_latitude, double longitude, double before_longitude) {
    constexpr double RADIANS = 1.7453292519943295e-08, HALF_PI = 1.5707963267948966, DIAMETER = 12742017.6;
    if (std::max(std::abs(latitude), std::abs(before_latitude)) > 90e6) return -1;
    if (std::max(std::abs(longitude), std::abs(before_longitude)) > 180e6) return -1;
    double apart = std::abs(longitude - before_longitude);
    if (apart > 180e6) apart = apart + (360e6 - 2.0 * apart);
    double north = sine(std::abs(latitude - before_latitude) * RADIANS / 2.0);
    double east = sine(apart * RADIANS / 2.0);
    double chord = std::sqrt(north * north +
                             cosine(latitude * RADIANS) * cosine(before_latitude * RADIANS) * (east * east));
    chord = std::min(chord, 1.0);
    double arc = chord <= 0.5 ? arc_sine(chord) : HALF_PI - 2.0 * arc_sine(std::sqrt((1.0 - chord) / 2.0));
    return std::floor(DIAMETER * arc + 0.5);
}

Slot combine_places(const Output& output, const Slot* slots) {
    double a, b, c, d, elapsed;
    if (!number_of(slots[output.a], a) || !number_of(slots[output.b], b)) return NOTHING;
    if (!number_of(slots[output.c], c) || !number_of(slots[output.d], d)) return NOTHING;
    double metres = metres_between(a, b, c, d);
    if (metres < 0) return NOTHING;
    if (output.op == DISTANCE) return whole(static_cast<i64>(metres));
    if (!number_of(slots[output.e], elapsed)) return NOTHING;
    return floating(metres / (std::max(elapsed, 1e6) / 1e6));
}

Slot combine_whole(const Output& output, const Slot* slots) {
    const Slot &a = slots[output.a], &b = slots[output.b];
    i64 first = static_cast<i64>(a.low), second = static_cast<i64>(b.low);
    if (output.op == NOVELTY) {
        if (a.kind != WHOLE || b.kind != WHOLE || static_cast<double>(second) >= output.factor) return NOTHING;
        return whole(first - second);
    }
    if (slots[output.c].kind != WHOLE) return NOTHING;
    return whole(a.kind == WHOLE && (b.kind != WHOLE || second > first));
}

Slot combine(const Output& output, const Slot* slots) {
    if (output.op == VALUE) return slots[output.a];
    if (output.op == DISTANCE || output.op == SPEED) return combine_places(output, slots);
    if (output.op == NOVELTY || output.op == WITHOUT) return combine_whole(output, slots);
    double a, b, c;
    if (!number_of(slots[output.a], a) || !number_of(slots[output.b], b)) return NOTHING;
    if (output.op == RATIO) {
        if (b == 0) return NOTHING;
        double result = a / b * output.factor;
        return std::isfinite(result) ? floating(result) : NOTHING;
    }
    if (output.op == SHORTFALL) return b == 0 ? NOTHING : floating(1.0 - a / b);
    if (!number_of(slots[output.c], c) || c == 0) return NOTHING;
    double result = (a - b) / c;
    return std::isfinite(result) ? floating(result) : NOTHING;
}

// ------------------------------------------------------------------------------------------------------------- reader

class Reader {
  public:
    Reader(const char* data, size_t size) : data(data), size(size) {}

    template <typename T>
    T take() {
        T value;
        std::memcpy(&value, bytes(sizeof(T)), sizeof(T));
        return value;
    }
    const char* bytes(size_t count) {
        if (count > size - position) throw std::runtime_error("feature state ends too early");
        const char* at = data + position;
        position += count;
        return at;
    }
    Id take_identity() {
        const unsigned char* at = reinterpret_cast<const unsigned char*>(bytes(16));
        return {big_endian(at), big_endian(at + 8)};
    }
    bool done() const { return position == size; }

  private:
    const char* data;
    size_t size;
    size_t position = 0;
};

template <typename T>
void put(std::vector<char>& out, T value) {
    const char* at = reinterpret_cast<const char*>(&value);
    out.insert(out.end(), at, at + sizeof(T));
}

// ------------------------------------------------------------------------------------------------------------- kernel

using Array64 = nb::ndarray<const i64, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using Array8 = nb::ndarray<const uint8_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using Out64 = nb::ndarray<i64, nb::ndim<1>, nb::c_contig, nb::device::cpu>;
using Out8 = nb::ndarray<uint8_t, nb::ndim<1>, nb::c_contig, nb::device::cpu>;

// Rows of one track, sorted by (code, seq, op). `where` is the row of `flags`, `nulls` and `columns`.
struct SortedRows {
    Array64 codes, seqs;
    Array8 ops;
    Array64 times, targets, flags, nulls;
    std::vector<const u64*> columns;
    Array64 where;

    size_t size() const { return flags.shape(0); }

    SortedRows(Array64 codes, Array64 seqs, Array8 ops, Array64 times, Array64 targets, Array64 flags, Array64 nulls,
               nb::list given, Array64 where)
        : codes(codes), seqs(seqs), ops(ops), times(times), targets(targets), flags(flags), nulls(nulls), where(where) {
        size_t n = codes.shape(0);
        for (size_t length : {seqs.shape(0), ops.shape(0), times.shape(0), targets.shape(0), where.shape(0)}) {
            if (length != n) throw nb::value_error("arrays of different lengths");
        }
        if (nulls.shape(0) != size()) throw nb::value_error("arrays of different lengths");
        for (size_t i = 0; i < n; ++i) {
            if (where.data()[i] < 0 || static_cast<size_t>(where.data()[i]) >= size()) {
                throw nb::value_error("a row that is not there");
            }
        }
        for (nb::handle one : given) columns.push_back(column(nb::cast<Array64>(one)));
    }

    const u64* column(Array64 array) const {
        if (array.shape(0) < size()) throw nb::value_error("a column is too short");
        return reinterpret_cast<const u64*>(array.data());
    }
};

class Kernel {
  public:
    explicit Kernel(nb::tuple program) {
        int slot = 0;
        for (nb::handle one : nb::borrow<nb::tuple>(at(program, 0))) {
            tracks.push_back(read_track(one, slot));
            slot += static_cast<int>(tracks.back().cells.size());
        }
        slots.resize(slot);
        for (nb::handle one : nb::borrow<nb::tuple>(at(program, 1))) {
            EventType type;
            for (nb::handle track : nb::borrow<nb::tuple>(at(one, 0))) type.add(read_type(track), tracks);
            types.push_back(std::move(type));
        }
        for (nb::handle one : nb::borrow<nb::tuple>(at(program, 2))) {
            outputs.push_back({static_cast<OutputOp>(item<int>(one, 0)), item<int>(one, 1), item<int>(one, 2),
                               item<int>(one, 3), item<double>(one, 4), item<int>(one, 5), item<int>(one, 6)});
        }
        keys.resize(tracks.size());
        states.resize(tracks.size());
        status.assign(tracks.size(), ABSENT);
        for (const Track& track : tracks) {
            machines.emplace_back(track);
            never_seen.push_back(fresh(track));
        }
    }

    Kernel(const Kernel&) = delete;
    Kernel& operator=(const Kernel&) = delete;

    nb::object observe(size_t type, i64 seq, i64 t, nb::handle event_id, nb::handle supersedes, nb::handle values,
                       nb::handle filters) {
        const auto& on_tracks = types.at(type).tracks;
        take_values(types[type], values);  // everything that can fail comes before anything that changes
        if (filters.is_none() || !PyTuple_Check(filters.ptr())) throw nb::type_error("filters are a tuple");
        Id own = identity(event_id.ptr());
        if (!supersedes.is_none()) correct(identity(supersedes.ptr()));
        u32 event = NONE;
        for (size_t index = 0; index < tracks.size(); ++index) {
            const TypeOnTrack& on = on_tracks[index];
            Slot* out = slots.data() + tracks[index].first_slot;
            Key key{};
            if (!read_key(on, key)) {
                absent(index, out);
            } else if (on.counts) {
                if (event == NONE) event = new_event(own, t, seq);
                count(index, key, on, seq, t, event, filters, out);
            } else {
                as_of(index, key, t, out);
            }
        }
        if (event != NONE) release(event);
        return vector();
    }

    void forget(nb::handle event_id) { correct(identity(event_id.ptr())); }

    nb::object peek(size_t type, i64 t, nb::handle values) {
        const auto& on_tracks = types.at(type).tracks;
        take_values(types[type], values);
        for (size_t index = 0; index < tracks.size(); ++index) {
            Slot* out = slots.data() + tracks[index].first_slot;
            Key key{};
            if (read_key(on_tracks[index], key)) {
                as_of(index, key, t, out);
            } else {
                absent(index, out);
            }
        }
        return vector();
    }

    nb::list statuses() const {
        nb::list out;
        for (Status one : status) out.append(static_cast<int>(one));
        return out;
    }

    size_t event_count() const { return by_id.size(); }

    size_t key_count() const {
        size_t total = 0;
        for (const auto& one : states) total += one.size();
        return total;
    }

    nb::bytes dump() const {
        std::vector<char> out;
        for (size_t index = 0; index < tracks.size(); ++index) {
            put<u64>(out, states[index].size());
            std::vector<u32> order(states[index].size());
            for (u32 one = 0; one < order.size(); ++one) order[one] = one;
            std::sort(order.begin(), order.end(),
                      [&](u32 a, u32 b) { return states[index][a]->key < states[index][b]->key; });
            for (u32 one : order) {
                const State& state = *states[index][one];
                for (int word = 0; word < 2 * tracks[index].arity; ++word) put_big_endian(out, state.key.word[word]);
                dump_state(index, state, event_ids(), out);
            }
        }
        return nb::bytes(out.data(), out.size());
    }

    void load(nb::bytes data) {
        Reader reader(data.c_str(), data.size());
        for (size_t index = 0; index < tracks.size(); ++index) {
            u64 count = reader.take<u64>();
            keys[index].reserve(count);
            states[index].reserve(count);
            for (u64 one = 0; one < count; ++one) {
                Key key{};
                for (int part = 0; part < tracks[index].arity; ++part) {
                    Id id = reader.take_identity();
                    key.word[2 * part] = id.high;
                    key.word[2 * part + 1] = id.low;
                }
                load_state(index, key, reader);
            }
        }
        if (!reader.done()) throw std::runtime_error("feature state has bytes left over");
    }

    // Every key of a track, ascending, as it stands in a dump.
    nb::list keys_of(size_t index) const {
        std::vector<Key> found;
        for (const auto& one : states.at(index)) found.push_back(one->key);
        std::sort(found.begin(), found.end());
        nb::list out;
        for (const Key& key : found) {
            std::vector<char> bytes;
            for (int word = 0; word < 2 * tracks[index].arity; ++word) put_big_endian(bytes, key.word[word]);
            out.append(nb::bytes(bytes.data(), bytes.size()));
        }
        return out;
    }

    // The state of one key, as it stands in a dump behind the key itself; None where there is none.
    nb::object dump_one(size_t index, nb::bytes key) const {
        auto found = keys.at(index).find(key_of(index, key));
        if (found == keys[index].end()) return nb::none();
        std::vector<char> out;
        dump_state(index, *states[index][found->second], event_ids(), out);
        return nb::bytes(out.data(), out.size());
    }

    void load_one(size_t index, nb::bytes key, nb::bytes data) {
        Key made = key_of(index, key);
        if (keys.at(index).find(made) != keys[index].end()) throw std::runtime_error("the key has a state already");
        Reader reader(data.c_str(), data.size());
        load_state(index, made, reader);
        if (!reader.done()) throw std::runtime_error("feature state has bytes left over");
    }

    // Forgets every key and event.
    void clear() {
        for (auto& one : keys) one.clear();
        for (auto& one : states) one.clear();
        by_id.clear();
        events.clear();
        places.clear();
        free_events.clear();
    }

    // Runs one track over rows sorted by (key, seq, op). Returns the first position that is out of order, or -1.
    i64 run_track(size_t index, const SortedRows& rows, const std::vector<u64*>& outs,
                  const std::vector<uint8_t*>& valid) const {
        const Track& track = tracks[index];
        auto read = [&](i64 to, const std::vector<Slot>& cells) {
            for (size_t cell = 0, word = 0; cell < cells.size(); ++cell) {
                const Slot& slot = cells[cell];
                valid[cell][to] = slot.kind != EMPTY;
                const Lane& lane = track.lanes[track.cells[cell].lane];
                Op kind = track.cells[cell].op;
                bool text = lane.kind == IDENTITY && (kind == FIRST || kind == LAST);
                if (text) outs[word++][to] = slot.high;
                outs[word++][to] = slot.low;
            }
        };
        return walk(index, rows, read, [](i64, const State&) {});
    }

    // What run_track leaves of each key: its number and its state, as in a dump. Returns as run_track does.
    i64 track_states(size_t index, const SortedRows& rows, const u64* high, const u64* low,
                     std::vector<std::pair<i64, std::vector<char>>>& out) const {
        auto id_of = [&](u32 row) { return Id{high[row], low[row]}; };
        return walk(index, rows, [](i64, const std::vector<Slot>&) {}, [&](i64 code, const State& state) {
            out.emplace_back(code, std::vector<char>());
            dump_state(index, state, id_of, out.back().second);
        });
    }

  private:
    struct Event {
        Id id;
        i64 t, seq;
        u32 references;
    };

    std::vector<Track> tracks;
    std::vector<Machine> machines;
    std::vector<EventType> types;
    std::vector<Output> outputs;
    std::vector<Slot> slots;
    std::vector<Status> status;
    std::vector<tsl::robin_map<Key, u32, HashKey>> keys;
    std::vector<std::vector<std::unique_ptr<State>>> states;
    std::vector<std::unique_ptr<State>> never_seen;
    tsl::robin_map<Id, u32, HashId> by_id;
    std::vector<Event> events;
    std::vector<u32> places;  // per event and track, the key it stands under
    std::vector<u32> free_events;
    std::vector<u64> scratch;

    // Rows sorted by (key, seq, op), one key after the other. read(row, cells) follows each row that is counted or
    // read, finished(code, state) each key that was counted. The first position that is out of order, or -1.
    // op: 0 forgets the row of `target` at `time`, 1 counts a row and reads, 2 only reads.
    template <typename Read, typename Finished>
    i64 walk(size_t index, const SortedRows& rows, Read read, Finished finished) const {
        const Track& track = tracks[index];
        const Machine& machine = machines[index];
        State state = *fresh(track);
        state.key = Key{};
        std::vector<Slot> cells(track.cells.size());
        std::vector<u64> values(track.value_words);
        const i64 *codes = rows.codes.data(), *seqs = rows.seqs.data();
        const uint8_t* ops = rows.ops.data();
        size_t n = rows.codes.shape(0);
        bool known = false;
        auto ignore = [](u32) {};
        for (size_t i = 0; i < n; ++i) {
            if (i && codes[i] == codes[i - 1]) {
                if (seqs[i] < seqs[i - 1] || (seqs[i] == seqs[i - 1] && (ops[i - 1] || !ops[i]))) return i;
            } else {
                if (i && codes[i] < codes[i - 1]) return i;
                if (known) finished(codes[i - 1], state);
                state.clear(track);
                known = false;
            }
            i64 t = rows.times.data()[i];
            if (ops[i] == 0) {
                if (known) machine.remove(state, t, rows.targets.data()[i]);
                continue;
            }
            i64 to = rows.where.data()[i];
            if (!known) state.newest = t;
            if (ops[i] == 1) {
                for (int word = 0; word < track.value_words; ++word) values[word] = rows.columns[word][to];
                known = true;
                Row made{t, seqs[i], static_cast<u32>(to), static_cast<u64>(rows.flags.data()[to]),
                         static_cast<u64>(rows.nulls.data()[to]), values.data()};
                machine.add(state, made, cells.data(), ignore);
            } else {
                machine.read(state, t, cells.data());
            }
            read(to, cells);
        }
        if (known) finished(codes[n - 1], state);
        return -1;
    }

    // Tells the identity of an event that the kernel keeps.
    struct OwnIds {
        const Kernel& kernel;
        Id operator()(u32 event) const { return kernel.events[event].id; }
    };
    OwnIds event_ids() const { return {*this}; }

    Key key_of(size_t index, const nb::bytes& bytes) const {
        if (index >= tracks.size()) throw nb::index_error("a track that is not there");
        if (bytes.size() != size_t(16) * tracks[index].arity) throw nb::value_error("not a key of the track");
        const unsigned char* at = reinterpret_cast<const unsigned char*>(bytes.c_str());
        Key key{};
        for (int word = 0; word < 2 * tracks[index].arity; ++word) key.word[word] = big_endian(at + 8 * word);
        return key;
    }

    static std::unique_ptr<State> fresh(const Track& track) {
        auto state = std::make_unique<State>();
        state->words.assign(track.total_words, 0);
        state->extras.resize(track.extras);
        return state;
    }

    // Values of one event, by position.
    struct Taken {
        Id value;
        bool is_null;
    };
    std::vector<Taken> taken;

    void take_values(const EventType& type, nb::handle values) {
        if (!PyTuple_Check(values.ptr()) || static_cast<size_t>(PyTuple_GET_SIZE(values.ptr())) < type.kinds.size()) {
            throw nb::type_error("values are a tuple, one for each need");
        }
        taken.assign(type.kinds.size(), Taken{{0, 0}, true});
        for (size_t position = 0; position < type.kinds.size(); ++position) {
            PyObject* value = PyTuple_GET_ITEM(values.ptr(), position);
            if (type.kinds[position] < 0 || value == Py_None) continue;
            taken[position] = {word_of(static_cast<Kind>(type.kinds[position]), value), false};
        }
    }

    bool read_key(const TypeOnTrack& on, Key& key) const {
        if (on.keys.empty()) return false;
        for (size_t i = 0; i < on.keys.size(); ++i) {
            const Taken& value = taken[on.keys[i]];
            if (value.is_null) return false;
            key.word[2 * i] = value.value.high;
            key.word[2 * i + 1] = value.value.low;
        }
        return true;
    }

    void absent(size_t index, Slot* out) {
        status[index] = ABSENT;
        std::fill(out, out + tracks[index].cells.size(), NOTHING);
    }

    void as_of(size_t index, const Key& key, i64 t, Slot* out) {
        auto found = keys[index].find(key);
        if (found == keys[index].end()) {
            never_seen[index]->newest = t;
            machines[index].read(*never_seen[index], t, out);
            status[index] = NEVER_SEEN;
            return;
        }
        status[index] = machines[index].read(*states[index][found->second], t, out);
    }

    u32 slot_of(size_t index, const Key& key, bool& known) {
        auto [found, inserted] = keys[index].try_emplace(key, static_cast<u32>(states[index].size()));
        known = !inserted;
        if (inserted) {
            states[index].push_back(fresh(tracks[index]));
            states[index].back()->key = key;
        }
        return found->second;
    }

    void count(size_t index, const Key& key, const TypeOnTrack& on, i64 seq, i64 t, u32 event, nb::handle filters,
               Slot* out) {
        const Track& track = tracks[index];
        u64 flags = on.mask, nulls = 0;
        for (auto [position, bit] : on.filters) {
            if (PyTuple_GET_ITEM(filters.ptr(), position) == Py_True) flags |= u64(1) << bit;
        }
        scratch.assign(track.value_words, 0);
        for (size_t column = 0; column < track.columns.size(); ++column) {
            if (on.values[column] < 0 || taken[on.values[column]].is_null) {
                nulls |= u64(1) << column;
                continue;
            }
            Id value = taken[on.values[column]].value;
            u64* to = scratch.data() + track.column_at[column];
            if (track.columns[column] == IDENTITY) *to++ = value.high;
            *to = value.low;
        }
        bool known;
        u32 slot = slot_of(index, key, known);
        State& state = *states[index][slot];
        if (!known) state.newest = t;
        places[size_t(event) * tracks.size() + index] = slot;
        ++events[event].references;
        Row made{t, seq, event, flags, nulls, scratch.data()};
        Status met = machines[index].add(state, made, out, [this](u32 gone) { release(gone); });
        status[index] = known || met == TOO_LATE ? met : NEVER_SEEN;
    }

    static Id word_of(Kind kind, PyObject* value) {
        if (kind == IDENTITY) return identity(value);
        if (kind == DOUBLE) {
            double number = PyFloat_AsDouble(value);
            if (number == -1.0 && PyErr_Occurred()) throw nb::python_error();
            if (!std::isfinite(number)) throw nb::value_error("a number that is not finite");
            return {0, double_bits(number + 0.0)};  // minus zero is zero
        }
        i64 number = PyLong_AsLongLong(value);
        if (number == -1 && PyErr_Occurred()) throw nb::python_error();
        return {0, static_cast<u64>(number)};
    }

    u32 new_event(Id id, i64 t, i64 seq) {
        u32 index;
        if (free_events.empty()) {
            index = static_cast<u32>(events.size());
            events.emplace_back();
            places.resize(places.size() + tracks.size(), NONE);
        } else {
            index = free_events.back();
            free_events.pop_back();
            std::fill_n(places.begin() + size_t(index) * tracks.size(), tracks.size(), NONE);
        }
        events[index] = {id, t, seq, 1};
        by_id[id] = index;
        return index;
    }

    void release(u32 event) {
        if (event == NONE || --events[event].references) return;
        auto found = by_id.find(events[event].id);
        if (found != by_id.end() && found->second == event) by_id.erase(found);
        free_events.push_back(event);
    }

    void correct(Id id) {
        auto found = by_id.find(id);
        if (found == by_id.end()) return;
        u32 event = found->second;
        ++events[event].references;
        for (size_t index = 0; index < tracks.size(); ++index) {
            u32 slot = places[size_t(event) * tracks.size() + index];
            if (slot == NONE) continue;
            State& state = *states[index][slot];
            size_t before = state.count();
            machines[index].remove(state, events[event].t, events[event].seq);
            if (state.count() < before) release(event);
        }
        release(event);
    }

    nb::object vector() const {
        PyObject* list = PyList_New(static_cast<Py_ssize_t>(outputs.size()));
        for (size_t index = 0; index < outputs.size(); ++index) {
            PyList_SET_ITEM(list, static_cast<Py_ssize_t>(index), python_value(combine(outputs[index], slots.data())));
        }
        return nb::steal<nb::object>(list);
    }

    // ---------------------------------------------------------------------------------------------------- snapshots

    static void put_kind(std::vector<char>& out, Kind kind, const u64* at) {
        if (kind == IDENTITY) {
            put_big_endian(out, at[0]);
            put_big_endian(out, at[1]);
        } else {
            put<u64>(out, at[0]);
        }
    }

    static void take_kind(Reader& reader, Kind kind, u64* at) {
        if (kind == IDENTITY) {
            Id id = reader.take_identity();
            at[0] = id.high;
            at[1] = id.low;
        } else {
            at[0] = reader.take<u64>();
        }
    }

    static void put_words(std::vector<char>& out, const u64* words, int count) {
        const char* at = reinterpret_cast<const char*>(words);
        out.insert(out.end(), at, at + 8 * count);
    }

    // id_of tells an event's identity from the number in its row.
    template <typename IdOf>
    void dump_state(size_t index, const State& state, IdOf id_of, std::vector<char>& out) const {
        const Track& track = tracks[index];
        size_t from = state.start;
        if (track.fold < 0) {
            i64 horizon = machines[index].horizon(state);
            while (from < state.end && machines[index].time(state, from) <= horizon) ++from;
        }
        put<i64>(out, state.newest);
        put<u32>(out, static_cast<u32>(state.tiles.size()));
        put<u32>(out, static_cast<u32>(state.end - from));
        for (const Tile& tile : state.tiles) dump_tile(track, tile, out);
        for (size_t one = from; one < state.end; ++one) {
            const u64* at = machines[index].row(state, one);
            const Id id = id_of(static_cast<u32>(at[EVENT]));
            put<u64>(out, at[TIME]);
            put<u64>(out, at[SEQ]);
            put_big_endian(out, id.high);
            put_big_endian(out, id.low);
            put<u64>(out, at[FLAGS]);
            put<u64>(out, at[NULLS]);
            for (size_t column = 0; column < track.columns.size(); ++column) {
                put_kind(out, track.columns[column], at + VALUES + track.column_at[column]);
            }
        }
    }

    static void dump_tile(const Track& track, const Tile& tile, std::vector<char>& out) {
        put<i64>(out, tile.start);
        const u64* words = tile.words.data();
        for (size_t index = 0; index < track.lanes.size(); ++index) {
            const Lane& lane = track.lanes[index];
            put<u64>(out, words[lane.tile_count]);
            if (lane.sums) put_words(out, words + lane.tile_sum, lane.kind == DOUBLE ? SUM_LIMBS : 2);
            if (lane.squares) put_words(out, words + lane.tile_square, lane.kind == DOUBLE ? SQUARE_LIMBS : 4);
            if (lane.minimum) put<u64>(out, words[lane.tile_min]);
            if (lane.maximum) put<u64>(out, words[lane.tile_max]);
            if (lane.ends) {
                for (int end : {lane.tile_first, lane.tile_last}) {
                    put_words(out, words + end, 2);
                    if (lane.has_column) put_kind(out, lane.kind, words + end + 2);
                }
            }
            if (lane.cap) {
                put<u32>(out, static_cast<u32>(tile.sets[index].size()));
                for (Id value : tile.sets[index]) {
                    if (lane.kind == IDENTITY) {
                        put_big_endian(out, value.high);
                        put_big_endian(out, value.low);
                    } else {
                        put<u64>(out, value.low ^ u64(1) << 63);
                    }
                }
            }
        }
    }

    static Tile load_tile(const Track& track, const Machine& machine, Reader& reader) {
        Tile tile = machine.new_tile(reader.take<i64>());
        u64* words = tile.words.data();
        auto take_words = [&](int at, int count) { std::memcpy(words + at, reader.bytes(8 * count), 8 * count); };
        for (size_t index = 0; index < track.lanes.size(); ++index) {
            const Lane& lane = track.lanes[index];
            take_words(lane.tile_count, 1);
            if (lane.sums) take_words(lane.tile_sum, lane.kind == DOUBLE ? SUM_LIMBS : 2);
            if (lane.squares) take_words(lane.tile_square, lane.kind == DOUBLE ? SQUARE_LIMBS : 4);
            if (lane.minimum) take_words(lane.tile_min, 1);
            if (lane.maximum) take_words(lane.tile_max, 1);
            if (lane.ends) {
                for (int end : {lane.tile_first, lane.tile_last}) {
                    take_words(end, 2);
                    if (lane.has_column) take_kind(reader, lane.kind, words + end + 2);
                }
            }
            if (lane.cap) {
                u32 count = reader.take<u32>();
                for (u32 one = 0; one < count; ++one) {
                    Id value = lane.kind == IDENTITY ? reader.take_identity()
                                                     : Id{0, reader.take<u64>() ^ u64(1) << 63};
                    tile.sets[index].push_back(value);
                }
            }
        }
        return tile;
    }

    void load_state(size_t index, const Key& key, Reader& reader) {
        const Track& track = tracks[index];
        bool known;
        u32 slot = slot_of(index, key, known);
        State& state = *states[index][slot];
        state.newest = reader.take<i64>();
        u32 tiles = reader.take<u32>(), rows = reader.take<u32>();
        for (u32 one = 0; one < tiles; ++one) state.tiles.push_back(load_tile(track, machines[index], reader));
        std::vector<u64> values(track.value_words);
        for (u32 one = 0; one < rows; ++one) {
            i64 t = reader.take<i64>(), seq = reader.take<i64>();
            Id id = reader.take_identity();
            u64 flags = reader.take<u64>(), nulls = reader.take<u64>();
            for (size_t column = 0; column < track.columns.size(); ++column) {
                take_kind(reader, track.columns[column], values.data() + track.column_at[column]);
            }
            auto found = by_id.find(id);
            u32 event;
            if (found == by_id.end()) {
                event = new_event(id, t, seq);
            } else {
                event = found->second;
                ++events[event].references;
            }
            places[size_t(event) * tracks.size() + index] = slot;
            machines[index].append(state, Row{t, seq, event, flags, nulls, values.data()});
        }
    }
};

}  // namespace

NB_MODULE(_compiled, module) {
    // A kernel that lives as long as the process is no leak, and its users need no warning about it.
    nb::set_leak_warnings(false);
    nb::class_<Kernel>(module, "Kernel")
        .def(nb::init<nb::tuple>(), nb::arg("program"))
        .def("observe", &Kernel::observe, nb::arg("type"), nb::arg("seq"), nb::arg("t"), nb::arg("event_id"),
             nb::arg("supersedes").none(), nb::arg("values"), nb::arg("filters"))
        .def("peek", &Kernel::peek, nb::arg("type"), nb::arg("t"), nb::arg("values"))
        .def("correct", &Kernel::forget, nb::arg("event_id"))
        .def("statuses", &Kernel::statuses)
        .def("event_count", &Kernel::event_count)
        .def("key_count", &Kernel::key_count)
        .def("dump", &Kernel::dump)
        .def("load", &Kernel::load, nb::arg("state"))
        .def("keys", &Kernel::keys_of, nb::arg("track"))
        .def("dump_key", &Kernel::dump_one, nb::arg("track"), nb::arg("key"))
        .def("load_key", &Kernel::load_one, nb::arg("track"), nb::arg("key"), nb::arg("state"))
        .def("clear", &Kernel::clear)
        .def(
            "run_track",
            [](const Kernel& kernel, size_t index, Array64 codes, Array64 seqs, Array8 ops, Array64 times,
               Array64 targets, Array64 flags, Array64 nulls, nb::list columns, Array64 where, nb::list outs,
               nb::list valid) -> i64 {
                SortedRows rows(codes, seqs, ops, times, targets, flags, nulls, columns, where);
                std::vector<u64*> out;
                for (nb::handle one : outs) {
                    Out64 array = nb::cast<Out64>(one);
                    if (array.shape(0) < rows.size()) throw nb::value_error("an output is too short");
                    out.push_back(reinterpret_cast<u64*>(array.data()));
                }
                std::vector<uint8_t*> flagged;
                for (nb::handle one : valid) {
                    Out8 array = nb::cast<Out8>(one);
                    if (array.shape(0) < rows.size()) throw nb::value_error("an output is too short");
                    flagged.push_back(array.data());
                }
                nb::gil_scoped_release unlocked;
                return kernel.run_track(index, rows, out, flagged);
            },
            nb::arg("track"), nb::arg("codes"), nb::arg("seqs"), nb::arg("ops"), nb::arg("times"), nb::arg("targets"),
            nb::arg("flags"), nb::arg("nulls"), nb::arg("columns"), nb::arg("where"), nb::arg("outs"),
            nb::arg("valid"))
        .def(
            "track_states",
            [](const Kernel& kernel, size_t index, Array64 codes, Array64 seqs, Array8 ops, Array64 times,
               Array64 targets, Array64 flags, Array64 nulls, nb::list columns, Array64 where, Array64 high,
               Array64 low) {
                SortedRows rows(codes, seqs, ops, times, targets, flags, nulls, columns, where);
                const u64 *first = rows.column(high), *second = rows.column(low);
                std::vector<std::pair<i64, std::vector<char>>> found;
                i64 wrong;
                {
                    nb::gil_scoped_release unlocked;
                    wrong = kernel.track_states(index, rows, first, second, found);
                }
                nb::list out;
                for (const auto& [code, state] : found) {
                    out.append(nb::make_tuple(code, nb::bytes(state.data(), state.size())));
                }
                return nb::make_tuple(wrong, out);
            },
            nb::arg("track"), nb::arg("codes"), nb::arg("seqs"), nb::arg("ops"), nb::arg("times"), nb::arg("targets"),
            nb::arg("flags"), nb::arg("nulls"), nb::arg("columns"), nb::arg("where"), nb::arg("event_high"),
            nb::arg("event_low"));
}
