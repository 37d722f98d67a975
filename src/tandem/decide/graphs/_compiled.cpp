// The compiled twin of states.Network and forward.Forward: the same calls in, the same bits and bytes out.
//
// Things, the rows on them and members of whom something is known are nodes in pools, known by 32-bit places; a place that is
// let go is used again. States stand side by side in blocks, one line per row. A thing strings its rows, the newest first, and
// a row is let go when no thing has it any more. Of the arithmetic forward.py says the order: sums run over inputs in turn, and
// only outputs stand side by side, so that a compiler may do several at once and no bit moves. Where this file and the
// reference ever differ, the reference is right.

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <memory>
#include <vector>

#include "tandem/kernel/places.hpp"

using Doubles = nb::ndarray<const double, nb::ndim<1>, nb::c_contig, nb::device::cpu>;

namespace {

constexpr u32 MARKS = 2;
constexpr u32 LINKS_MAX = 8;
constexpr double CLIP = 10.0;

// ------------------------------------------------------------------------------------------------------------ nodes

struct Thing {
    Name name;
    u32 newest;         // of its rows
    u32 before, after;  // among things, in the order of use
    u16 place, count;   // of its link; of its rows
};

struct On {
    u32 row, next;
};

struct Row {
    Name member;
    u32 uses, next;  // things that have it; the next free one
};

struct Mark {
    Name name;
    u32 before, after;
    bool bad;
};

// -------------------------------------------------------------------------------------------------------- arithmetic

std::vector<double> copied(const Doubles& from, size_t size) {
    if (from.size() != size) throw nb::value_error("weights of another shape");
    return std::vector<double>(from.data(), from.data() + size);
}

double relu(double value) { return value > 0.0 ? value : 0.0; }

// sums[out] += weights[in][out] * values[in], one input after another.
void add_products(double* __restrict sums, const double* __restrict weights, const double* values, size_t inputs, size_t outputs) {
    for (size_t in = 0; in < inputs; ++in, weights += outputs) {
        double value = values[in];
        for (size_t out = 0; out < outputs; ++out) sums[out] += weights[out] * value;
    }
}

double factorial(int number) {
    double product = 1.0;
    for (int factor = 2; factor <= number; ++factor) product *= factor;
    return product;
}

// ---------------------------------------------------------------------------------------------------------- network

class Network {
    u32 width, links, slots;
    u64 most;
    size_t inputs, columns;
    std::vector<double> mean, scale, first_w, first_b, second_w, second_b, head_w;
    double head_b;
    nb::object number_of;

    Pool<Thing, &Thing::after> things;
    Pool<On, &On::next> ons;
    Pool<Row, &Row::next> rows;
    Pool<Mark, &Mark::after> marks;
    Table thing_table, mark_table;
    Ends thing_list, mark_list;
    u64 living = 0;
    static constexpr int BITS = 13;
    std::vector<std::unique_ptr<float[]>> states;

    // Of one row.
    std::vector<double> x, first, base, second, near_mean, far_mean, added, parts;
    std::vector<Name> names;
    std::vector<bool> named;
    double worth[1 << LINKS_MAX], world[1 << LINKS_MAX];

    float* state_of(u32 row) { return &states[row >> BITS][size_t(row & ((1u << BITS) - 1)) * 2 * width]; }

    auto thing_hash() const {
        return [this](u32 place) { return hash_of(things[place].name, u64(things[place].place) + 1); };
    }
    auto mark_hash() const {
        return [this](u32 place) { return hash_of(marks[place].name, 0); };
    }

  public:
    Network(Doubles mean_, Doubles scale_, Doubles first_w_, Doubles first_b_, Doubles second_w_, Doubles second_b_,
            Doubles head_w_, double head_b_, u32 links_, u32 slots_, u64 things_, nb::object number_of_)
        : width(static_cast<u32>(first_b_.size())), links(links_), slots(slots_), most(things_), inputs(mean_.size()),
          columns(width + MARKS), head_b(head_b_), number_of(std::move(number_of_)) {
        if (!links || links > LINKS_MAX || !slots || slots > 0xffff || !most) throw nb::value_error("sizes out of range");
        size_t reads = width + links * columns;
        mean = copied(mean_, inputs);
        scale = copied(scale_, inputs);
        first_w = copied(first_w_, inputs * width);
        first_b = copied(first_b_, width);
        second_w = copied(second_w_, reads * width);
        second_b = copied(second_b_, width);
        head_w = copied(head_w_, reads);
        x.resize(inputs);
        first.resize(width);
        base.resize(width);
        second.resize(width);
        near_mean.resize(columns);
        far_mean.resize(columns);
        added.resize(size_t(links) * width);
        parts.resize(links + 1);
        names.resize(links);
        named.resize(links);
    }

    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;

    u64 row_count() const { return living; }
    u64 thing_count() const { return thing_table.size(); }
    size_t bytes() const {
        return things.bytes() + ons.bytes() + rows.bytes() + marks.bytes() + thing_table.bytes() + mark_table.bytes() +
               states.size() * ((sizeof(float) << BITS) * 2 * width);
    }

    nb::object read(nb::handle values, nb::handle of) {
        take_names(of);
        take_values(values);
        return scored();
    }

    nb::object observe(nb::handle values, nb::handle of, nb::handle member) {
        Name name{};
        bool known = !member.is_none();
        if (known) name = name_of(member);
        take_names(of);
        take_values(values);
        nb::object told = scored();
        if (known) remember(name);
        return told;
    }

    void mark(nb::handle member, bool bad) {
        Name name = name_of(member);
        u32 place = find_mark(name);
        if (place == NONE) {
            add_mark(name, bad);
            if (mark_table.size() > most) forget_mark(mark_list.first);
            return;
        }
        marks[place].bad = bad;
        unlink<Mark, &Mark::before, &Mark::after>(marks, mark_list, place);
        append<Mark, &Mark::before, &Mark::after>(marks, mark_list, place);
    }

    nb::object gather(nb::handle of) {
        take_names(of);
        nb::list told;
        for (u32 place = 0; place < links; ++place) {
            nb::list some;
            u32 thing = named[place] ? find_thing(place, names[place]) : NONE;
            for (u32 on = thing == NONE ? NONE : things[thing].newest; on != NONE; on = ons[on].next) {
                u32 row = ons[on].row, mark = find_mark(rows[row].member);
                nb::object known = mark == NONE ? nb::none() : nb::object(nb::bool_(marks[mark].bad));
                nb::bytes kept(reinterpret_cast<const char*>(state_of(row)), sizeof(float) * 2 * width);
                some.append(nb::make_tuple(text_of(rows[row].member), known, kept));
            }
            told.append(some);
        }
        return std::move(told);
    }

  private:
    // ------------------------------------------------------------------------------------------------------ reading

    u32 find_thing(u32 link, const Name& name) const {
        return thing_table.find(hash_of(name, u64(link) + 1), [&](u32 place) {
            return things[place].place == link && things[place].name == name;
        });
    }

    u32 find_mark(const Name& name) const {
        return mark_table.find(hash_of(name, 0), [&](u32 place) { return marks[place].name == name; });
    }

    void take_names(nb::handle of) {
        nb::object fast = nb::steal<nb::object>(PySequence_Fast(of.ptr(), "things are a sequence"));
        if (!fast.is_valid()) throw nb::python_error();
        if (static_cast<size_t>(PySequence_Fast_GET_SIZE(fast.ptr())) != links) throw nb::value_error("another number of things than links");
        for (u32 place = 0; place < links; ++place) {
            nb::handle one(PySequence_Fast_GET_ITEM(fast.ptr(), place));
            named[place] = !one.is_none();
            if (named[place]) names[place] = name_of(one);
        }
    }

    double number(nb::handle value) const {
        if (value.is_none()) return std::nan("");
        if (PyFloat_Check(value.ptr())) return PyFloat_AS_DOUBLE(value.ptr());
        if (PyLong_Check(value.ptr())) {
            double whole = PyLong_AsDouble(value.ptr());
            if (whole == -1.0 && PyErr_Occurred()) {
                PyErr_Clear();
                return std::nan("");  // beyond binary64, where an infinity is missing too
            }
            return whole;
        }
        return nb::cast<double>(number_of(value));
    }

    void take_values(nb::handle values) {
        nb::object fast = nb::steal<nb::object>(PySequence_Fast(values.ptr(), "values are a sequence"));
        if (!fast.is_valid()) throw nb::python_error();
        if (static_cast<size_t>(PySequence_Fast_GET_SIZE(fast.ptr())) != inputs) throw nb::value_error("another number of values than inputs");
        for (size_t at = 0; at < inputs; ++at) {
            double scaled = (number(PySequence_Fast_GET_ITEM(fast.ptr(), static_cast<Py_ssize_t>(at))) - mean[at]) / scale[at];
            x[at] = !std::isfinite(scaled) ? 0.0 : scaled < -CLIP ? -CLIP : scaled > CLIP ? CLIP : scaled;
        }
    }

    // ------------------------------------------------------------------------------------------------------ scoring

    nb::object scored() {
        score();
        nb::list told;
        for (double part : parts) told.append(nb::float_(part));
        return std::move(told);
    }

    void score() {
        std::copy(first_b.begin(), first_b.end(), first.begin());
        add_products(first.data(), first_w.data(), x.data(), inputs, width);
        for (double& one : first) one = relu(one);
        std::copy(second_b.begin(), second_b.end(), base.begin());
        add_products(base.data(), second_w.data(), first.data(), width, width);
        u32 players[LINKS_MAX], count = 0;
        double far[LINKS_MAX];
        std::fill(added.begin(), added.end(), 0.0);
        for (u32 place = 0; place < links; ++place) {
            u32 thing = named[place] ? find_thing(place, names[place]) : NONE;
            if (thing == NONE) continue;
            take_means(thing);
            size_t start = width + place * columns;
            add_products(&added[size_t(count) * width], &second_w[start * width], near_mean.data(), columns, width);
            far[count] = 0.0;
            for (size_t at = 0; at < columns; ++at) far[count] += head_w[start + at] * far_mean[at];
            players[count++] = place;
        }
        weigh(count);
        std::fill(parts.begin(), parts.end(), 0.0);
        parts[0] = worth[0];
        for (u32 player = 0; player < count; ++player) parts[players[player] + 1] = value_of(player, count) + far[player];
    }

    void take_means(u32 thing) {
        std::fill(near_mean.begin(), near_mean.end(), 0.0);
        std::fill(far_mean.begin(), far_mean.end(), 0.0);
        for (u32 on = things[thing].newest; on != NONE; on = ons[on].next) {
            u32 row = ons[on].row;
            const float* one = state_of(row);
            for (u32 at = 0; at < width; ++at) near_mean[at] += double(one[at]);
            for (u32 at = 0; at < width; ++at) far_mean[at] += double(one[width + at]);
            u32 mark = find_mark(rows[row].member);
            if (mark == NONE) continue;
            u32 at = width + (marks[mark].bad ? 0 : 1);
            near_mean[at] += 1.0;
            far_mean[at] += 1.0;
        }
        double count = things[thing].count;
        for (double& one : near_mean) one /= count;
        for (double& one : far_mean) one /= count;
    }

    // What every set of the links that have neighbours is worth: sets as bits, all of them side by side.
    void weigh(u32 count) {
        u32 sets = 1u << count;
        std::fill(worth, worth + sets, head_b);
        for (u32 at = 0; at < width; ++at) {
            world[0] = base[at];
            for (u32 player = 0; player < count; ++player) {
                u32 half = 1u << player;
                double more = added[size_t(player) * width + at];
                for (u32 set = 0; set < half; ++set) world[half + set] = world[set] + more;
            }
            double weight = head_w[at];
            for (u32 set = 0; set < sets; ++set) worth[set] += relu(world[set]) * weight;
            second[at] = relu(world[sets - 1]);
        }
    }

    double value_of(u32 player, u32 count) const {
        double weights[LINKS_MAX], value = 0.0;
        for (u32 size = 0; size < count; ++size) {
            weights[size] = factorial(size) * factorial(count - size - 1) / factorial(count);
        }
        for (u32 set = 0; set < 1u << count; ++set) {
            if (set >> player & 1) continue;
            u32 size = 0;
            for (u32 left = set; left; left &= left - 1) ++size;
            value += weights[size] * (worth[set | 1u << player] - worth[set]);
        }
        return value;
    }

    // ------------------------------------------------------------------------------------------------------ writing

    u32 add_row(const Name& member) {
        u32 row = rows.take();
        if ((row >> BITS) == states.size()) states.push_back(std::make_unique<float[]>((size_t(1) << BITS) * 2 * width));
        rows[row].member = member;
        rows[row].uses = 0;
        ++living;
        return row;
    }

    void let_go(u32 row) {
        if (--rows[row].uses) return;
        rows.give_back(row);
        --living;
    }

    u32 add_thing(u32 link, const Name& name) {
        thing_table.make_room(hash_of(name, u64(link) + 1), thing_hash());
        u32 thing = things.take();
        things[thing].name = name;
        things[thing].newest = NONE;
        things[thing].place = static_cast<u16>(link);
        things[thing].count = 0;
        thing_table.add(thing, thing_hash()(thing));
        append<Thing, &Thing::before, &Thing::after>(things, thing_list, thing);
        return thing;
    }

    u32 add_mark(const Name& name, bool bad) {
        mark_table.make_room(hash_of(name, 0), mark_hash());
        u32 mark = marks.take();
        marks[mark].name = name;
        marks[mark].bad = bad;
        mark_table.add(mark, mark_hash()(mark));
        append<Mark, &Mark::before, &Mark::after>(marks, mark_list, mark);
        return mark;
    }

    void remember(const Name& member) {
        if (std::find(named.begin(), named.end(), true) == named.end()) return;
        u32 row = add_row(member);
        float* to = state_of(row);
        for (u32 at = 0; at < width; ++at) to[at] = static_cast<float>(first[at]);
        for (u32 at = 0; at < width; ++at) to[width + at] = static_cast<float>(second[at]);
        for (u32 place = 0; place < links; ++place) {
            if (!named[place]) continue;
            u32 thing = find_thing(place, names[place]);
            if (thing == NONE) {
                thing = add_thing(place, names[place]);
            } else {
                unlink<Thing, &Thing::before, &Thing::after>(things, thing_list, thing);
                append<Thing, &Thing::before, &Thing::after>(things, thing_list, thing);
            }
            u32 on = ons.take();
            ons[on].row = row;
            ons[on].next = things[thing].newest;
            things[thing].newest = on;
            ++rows[row].uses;
            if (++things[thing].count > slots) drop_oldest(thing);
        }
        while (thing_table.size() > most) forget_thing(thing_list.first);
    }

    void drop_oldest(u32 thing) {
        u32 before = things[thing].newest;
        for (u32 steps = things[thing].count; steps > 2; --steps) before = ons[before].next;
        u32 gone = ons[before].next;
        ons[before].next = NONE;
        --things[thing].count;
        let_go(ons[gone].row);
        ons.give_back(gone);
    }

    void forget_thing(u32 thing) {
        for (u32 on = things[thing].newest; on != NONE;) {
            u32 next = ons[on].next;
            let_go(ons[on].row);
            ons.give_back(on);
            on = next;
        }
        thing_table.remove(thing, thing_hash());
        unlink<Thing, &Thing::before, &Thing::after>(things, thing_list, thing);
        things.give_back(thing);
    }

    void forget_mark(u32 mark) {
        mark_table.remove(mark, mark_hash());
        unlink<Mark, &Mark::before, &Mark::after>(marks, mark_list, mark);
        marks.give_back(mark);
    }

  public:
    // ------------------------------------------------------------------------------------------------------ keeping

    // The layout is told in states.py.
    nb::object state() {
        u64 uses = 0;
        for (u32 thing = thing_list.first; thing != NONE; thing = things[thing].after) uses += things[thing].count;
        size_t size = 12 + 20 * thing_table.size() + 4 * uses + (16 + 8 * size_t(width)) * living + 17 * mark_table.size();
        nb::object bytes = nb::steal<nb::object>(PyBytes_FromStringAndSize(nullptr, static_cast<Py_ssize_t>(size)));
        if (!bytes.is_valid()) throw nb::python_error();
        Writer out(reinterpret_cast<unsigned char*>(PyBytes_AS_STRING(bytes.ptr())));
        std::vector<u32> numbers(rows.size(), NONE), order;
        order.reserve(living);
        out.put(thing_table.size(), 4);
        for (u32 thing = thing_list.first; thing != NONE; thing = things[thing].after) {
            out.put(things[thing].place, 2);
            out.put(things[thing].name);
            out.put(things[thing].count, 2);
            for (u32 on = things[thing].newest; on != NONE; on = ons[on].next) {
                u32& number = numbers[ons[on].row];
                if (number == NONE) {
                    number = static_cast<u32>(order.size());
                    order.push_back(ons[on].row);
                }
                out.put(number, 4);
            }
        }
        out.put(order.size(), 4);
        for (u32 row : order) {
            out.put(rows[row].member);
            out.put(state_of(row), 2 * size_t(width));
        }
        out.put(mark_table.size(), 4);
        for (u32 mark = mark_list.first; mark != NONE; mark = marks[mark].after) {
            out.put(marks[mark].name);
            out.put(marks[mark].bad, 1);
        }
        return bytes;
    }

    void load(nb::bytes state) {
        Reader in(reinterpret_cast<const unsigned char*>(state.c_str()), state.size());
        std::vector<u32> places;                                 // of rows, by number
        std::vector<unsigned char> used;                         // a bit per link that names each
        u32 count = in.take_count(24);
        if (count > most) damaged("there are too many things");
        thing_table.reserve(count, thing_hash());
        for (u32 one = 0; one < count; ++one) load_thing(in, places, used);
        if (in.take_count(16 + 8 * size_t(width)) != places.size()) damaged("rows are missing or left over");
        for (u32 row : places) {
            rows[row].member = in.take_name();
            float* to = state_of(row);
            for (u32 at = 0; at < 2 * width; ++at) {
                to[at] = in.take_float();
                if (!(std::isfinite(to[at]) && to[at] >= 0.0f)) damaged("a state is no state");
            }
        }
        count = in.take_count(17);
        if (count > most) damaged("too much is known");
        for (u32 one = 0; one < count; ++one) {
            Name name = in.take_name();
            u64 bad = in.take(1);
            if (bad > 1 || find_mark(name) != NONE) damaged("what is known of a member is neither, or stands twice");
            add_mark(name, bad == 1);
        }
        if (!in.done()) damaged("bytes are left over");
    }

  private:
    void load_thing(Reader& in, std::vector<u32>& places, std::vector<unsigned char>& used) {
        u32 link = static_cast<u32>(in.take(2));
        Name name = in.take_name();
        u32 count = static_cast<u32>(in.take(2));
        if (link >= links || !count || count > slots) damaged("a thing has no such link, or none or too many rows");
        if (find_thing(link, name) != NONE) damaged("a thing stands twice");
        u32 thing = add_thing(link, name), last = NONE;
        for (u32 one = 0; one < count; ++one) {
            u64 number = in.take(4);
            if (number > places.size()) damaged("rows are out of order");
            if (number == places.size()) {
                places.push_back(add_row(Name{0, 0}));
                used.push_back(0);
            }
            if (used[number] >> link & 1) damaged("a row names two things of one link");
            used[number] = static_cast<unsigned char>(used[number] | 1u << link);
            u32 on = ons.take();
            ons[on].row = places[number];
            ons[on].next = NONE;
            (last == NONE ? things[thing].newest : ons[last].next) = on;
            last = on;
            ++rows[places[number]].uses;
            ++things[thing].count;
        }
    }
};

}  // namespace

NB_MODULE(_compiled, module) {
    // A network that lives as long as the process is no leak, and its users need no warning about it.
    nb::set_leak_warnings(false);
    nb::class_<Network>(module, "Network")
        .def(nb::init<Doubles, Doubles, Doubles, Doubles, Doubles, Doubles, Doubles, double, u32, u32, u64, nb::object>(),
             nb::arg("mean"), nb::arg("scale"), nb::arg("first_w"), nb::arg("first_b"), nb::arg("second_w"),
             nb::arg("second_b"), nb::arg("head_w"), nb::arg("head_b"), nb::arg("links"), nb::arg("slots"),
             nb::arg("things"), nb::arg("number_of"))
        .def_prop_ro("bytes", &Network::bytes)
        .def_prop_ro("things", &Network::thing_count)
        .def("read", &Network::read, nb::arg("values"), nb::arg("named"))
        .def("observe", &Network::observe, nb::arg("values"), nb::arg("named"), nb::arg("member").none())
        .def("mark", &Network::mark, nb::arg("member"), nb::kw_only(), nb::arg("bad"))
        .def("gather", &Network::gather, nb::arg("named"))
        .def("state", &Network::state)
        .def("load", &Network::load, nb::arg("state"))
        .def("__len__", &Network::row_count);
}
