// What the compiled kernels that remember many small things have in common: names, nodes in pools, lists through nodes, places
// by name, and bytes to keep. Each kernel is one translation unit and takes this in whole.

#pragma once

#include <nanobind/nanobind.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <vector>

namespace nb = nanobind;

using i64 = int64_t;
using u64 = uint64_t;
using u32 = uint32_t;
using u16 = uint16_t;

namespace {

constexpr u32 NONE = 0xffffffffu;
constexpr i64 TIME_MAX = i64(1) << 61;  // the difference of two times never overflows

[[noreturn]] inline void damaged(const char* what) { throw nb::value_error(what); }

// ------------------------------------------------------------------------------------------------------------ names

struct Name {
    u64 high, low;
    bool operator==(const Name& other) const { return high == other.high && low == other.low; }
};

inline u64 mix(u64 value) {
    value ^= value >> 33;
    value *= 0xff51afd7ed558ccdULL;
    value ^= value >> 33;
    value *= 0xc4ceb9fe1a85ec53ULL;
    return value ^ value >> 33;
}

inline u64 hash_of(const Name& name, u64 salt) { return mix(name.high ^ mix(name.low ^ mix(salt))); }

inline int digit_of(char one) {
    if (one >= '0' && one <= '9') return one - '0';
    if (one >= 'a' && one <= 'f') return one - 'a' + 10;
    return -1;
}

// Whether `text` is a pseudonym, 32 lower-case hex digits; if so, its 16 bytes are in `name`.
inline bool read_name(nb::handle text, Name& name) {
    if (!PyUnicode_Check(text.ptr()) || PyUnicode_GET_LENGTH(text.ptr()) != 32) return false;
    Py_ssize_t size = 0;
    const char* at = PyUnicode_AsUTF8AndSize(text.ptr(), &size);
    if (!at) {
        PyErr_Clear();
        return false;
    }
    if (size != 32) return false;
    u64 words[2] = {0, 0};
    for (int place = 0; place < 32; ++place) {
        int digit = digit_of(at[place]);
        if (digit < 0) return false;
        words[place / 16] = words[place / 16] << 4 | static_cast<u64>(digit);
    }
    name = {words[0], words[1]};
    return true;
}

inline Name name_of(nb::handle text) {
    Name name{};
    if (!read_name(text, name)) throw nb::value_error("a pseudonym is 32 lower-case hex digits");
    return name;
}

inline nb::object text_of(const Name& name) {
    nb::object text = nb::steal<nb::object>(PyUnicode_New(32, 127));
    if (!text.is_valid()) throw nb::python_error();
    auto* at = reinterpret_cast<char*>(PyUnicode_1BYTE_DATA(text.ptr()));
    for (int place = 0; place < 32; ++place) {
        u64 word = place < 16 ? name.high : name.low;
        at[place] = "0123456789abcdef"[word >> (60 - 4 * (place % 16)) & 15];
    }
    return text;
}

// ------------------------------------------------------------------------------------------------------- containers

// Nodes that stay where they are; places that were given back are taken first. `Free` is the field that strings them.
template <typename T, u32 T::*Free>
class Pool {
  public:
    T& operator[](u32 place) { return blocks[place >> BITS][place & MASK]; }
    const T& operator[](u32 place) const { return blocks[place >> BITS][place & MASK]; }
    u32 size() const { return used; }  // places ever taken
    size_t bytes() const { return blocks.size() * (sizeof(T) << BITS); }

    u32 take() {
        if (free != NONE) {
            u32 place = free;
            free = (*this)[place].*Free;
            return place;
        }
        if (used == NONE) throw std::bad_alloc();
        if ((used >> BITS) == blocks.size()) blocks.push_back(std::make_unique<T[]>(size_t(1) << BITS));
        return used++;
    }

    void give_back(u32 place) {
        (*this)[place].*Free = free;
        free = place;
    }

  private:
    static constexpr int BITS = 13;
    static constexpr u32 MASK = (u32(1) << BITS) - 1;
    std::vector<std::unique_ptr<T[]>> blocks;
    u32 used = 0, free = NONE;
};

struct Ends {
    u32 first = NONE, last = NONE;
};

// A list through nodes: the newest at the end.
template <typename T, u32 T::*Before, u32 T::*After, typename Nodes>
void append(Nodes& nodes, Ends& ends, u32 place) {
    nodes[place].*Before = ends.last;
    nodes[place].*After = NONE;
    (ends.last == NONE ? ends.first : nodes[ends.last].*After) = place;
    ends.last = place;
}

template <typename T, u32 T::*Before, u32 T::*After, typename Nodes>
void unlink(Nodes& nodes, Ends& ends, u32 place) {
    u32 before = nodes[place].*Before, after = nodes[place].*After;
    (before == NONE ? ends.first : nodes[before].*After) = after;
    (after == NONE ? ends.last : nodes[after].*Before) = before;
}

// Places by name: open addressing, one 32-bit word a slot. The names are in the nodes. Split by the first bits of a name's hash
// into many small tables, each of which grows on its own: with ten million names none of them holds anybody up for more than a
// part of a millisecond.
class Table {
  public:
    template <typename Same>
    u32 find(u64 hash, Same same) const {
        return parts[hash >> SHIFT].find(hash, same);
    }

    // For one more of that hash. Memory may be short here and only here: what follows cannot fail half-way.
    template <typename HashOf>
    void make_room(u64 hash, HashOf hash_of_place) {
        parts[hash >> SHIFT].make_room(hash_of_place);
    }

    void add(u32 place, u64 hash) {
        parts[hash >> SHIFT].add(place, hash);
        ++used;
    }

    template <typename HashOf>
    void reserve(size_t count, HashOf hash_of_place) {
        for (Part& part : parts) part.reserve(count >> BITS, hash_of_place);
    }

    template <typename HashOf>
    void remove(u32 place, HashOf hash_of_place) {
        parts[hash_of_place(place) >> SHIFT].remove(place, hash_of_place);
        --used;
    }

    size_t size() const { return used; }
    size_t bytes() const {
        size_t sum = sizeof(parts);
        for (const Part& part : parts) sum += part.bytes();
        return sum;
    }

  private:
    class Part {
      public:
        template <typename Same>
        u32 find(u64 hash, Same same) const {
            if (slots.empty()) return NONE;
            for (size_t at = hash & mask();; at = (at + 1) & mask()) {
                if (slots[at] == NONE || same(slots[at])) return slots[at];
            }
        }

        template <typename HashOf>
        void make_room(HashOf hash_of_place) {
            if ((used + 1) * 10 > slots.size() * 7) grow(slots.empty() ? 4 : slots.size() * 2, hash_of_place);
        }

        void add(u32 place, u64 hash) {
            put(place, hash);
            ++used;
        }

        template <typename HashOf>
        void reserve(size_t count, HashOf hash_of_place) {
            if (!count) return;
            size_t size = 4;
            while (count * 10 > size * 7) size *= 2;
            if (size > slots.size()) grow(size, hash_of_place);
        }

        // What follows moves back, so that no search ever meets a hole.
        template <typename HashOf>
        void remove(u32 place, HashOf hash_of_place) {
            size_t hole = hash_of_place(place) & mask();
            while (slots[hole] != place) hole = (hole + 1) & mask();
            for (size_t at = (hole + 1) & mask(); slots[at] != NONE; at = (at + 1) & mask()) {
                size_t home = hash_of_place(slots[at]) & mask();
                if (((at - home) & mask()) >= ((at - hole) & mask())) {
                    slots[hole] = slots[at];
                    hole = at;
                }
            }
            slots[hole] = NONE;
            --used;
        }

        size_t bytes() const { return slots.capacity() * sizeof(u32); }

      private:
        std::vector<u32> slots;
        size_t used = 0;

        size_t mask() const { return slots.size() - 1; }

        void put(u32 place, u64 hash) {
            size_t at = hash & mask();
            while (slots[at] != NONE) at = (at + 1) & mask();
            slots[at] = place;
        }

        template <typename HashOf>
        void grow(size_t size, HashOf hash_of_place) {
            std::vector<u32> before(size, NONE);
            before.swap(slots);
            for (u32 place : before) {
                if (place != NONE) put(place, hash_of_place(place));
            }
        }
    };

    static constexpr int BITS = 10, SHIFT = 64 - BITS;
    Part parts[1 << BITS];
    size_t used = 0;
};

// ------------------------------------------------------------------------------------------------------------ bytes

class Writer {
  public:
    explicit Writer(unsigned char* at) : at(at) {}
    void put(u64 value, int bytes) {
        for (int place = 0; place < bytes; ++place) *at++ = static_cast<unsigned char>(value >> (8 * place));
    }
    void put(const Name& name) {
        for (int place = 0; place < 8; ++place) *at++ = static_cast<unsigned char>(name.high >> (56 - 8 * place));
        for (int place = 0; place < 8; ++place) *at++ = static_cast<unsigned char>(name.low >> (56 - 8 * place));
    }
    void put(const float* values, size_t count) {
        for (size_t place = 0; place < count; ++place) {
            u32 bits;
            std::memcpy(&bits, values + place, 4);
            put(bits, 4);
        }
    }
    void put_time(i64 time) { put(static_cast<u64>(time), 8); }
    void put_count(u64 count) { put(count, 4); }

  private:
    unsigned char* at;
};

class Reader {
  public:
    Reader(const unsigned char* at, size_t left) : at(at), left(left) {}
    u64 take(int bytes) {
        need(static_cast<size_t>(bytes));
        u64 value = 0;
        for (int place = 0; place < bytes; ++place) value |= u64(*at++) << (8 * place);
        left -= static_cast<size_t>(bytes);
        return value;
    }
    Name take_name() {
        need(16);
        Name name{0, 0};
        for (int place = 0; place < 8; ++place) name.high = name.high << 8 | *at++;
        for (int place = 0; place < 8; ++place) name.low = name.low << 8 | *at++;
        left -= 16;
        return name;
    }
    i64 take_time(i64 latest) {
        i64 time = static_cast<i64>(take(8));
        if (time < -TIME_MAX || time > latest) damaged("a time is out of range");
        return time;
    }
    // How many things of at least `bytes` each follow: never more than there is room for.
    u32 take_count(size_t bytes) {
        u64 count = take(4);
        if (bytes && count > left / bytes) damaged("it ends too early");
        return static_cast<u32>(count);
    }
    float take_float() {
        u32 bits = static_cast<u32>(take(4));
        float value;
        std::memcpy(&value, &bits, 4);
        return value;
    }
    bool done() const { return left == 0; }

  private:
    const unsigned char* at;
    size_t left;
    void need(size_t bytes) const {
        if (left < bytes) damaged("it ends too early");
    }
};

}  // namespace
