// The compiled twin of network.py: the same calls in, the same numbers, order and bytes out.
//
// Members, identifiers and the links between them are nodes in three pools, known by 32-bit places; a place that is let go
// is used again. A link stands in two lists, its member's and its identifier's, each in the order of the journal; members
// and the identifiers of each kind stand in lists of their own, the one used longest ago first. So whatever is used moves
// to the end of its list in a few steps, and what is to be let go is always at the beginning. Nothing here is an object of
// Python: the collector of cycles has nothing to walk. Where this file and network.py ever differ, network.py is right.

#include <nanobind/nanobind.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <vector>

#include "tandem/kernel/places.hpp"

namespace {

constexpr i64 UNKNOWN = std::numeric_limits<i64>::min();
constexpr i64 DAY = i64(86400) * 1000000;
constexpr int FOLLOWED_UP = 4;

i64 time_of(nb::handle value) {
    int over = 0;
    long long time = PyLong_AsLongLongAndOverflow(value.ptr(), &over);
    if (time == -1 && PyErr_Occurred()) throw nb::python_error();
    if (over || time < -TIME_MAX || time > TIME_MAX) throw nb::value_error("a time is out of range");
    return time;
}

// ------------------------------------------------------------------------------------------------------------ nodes

struct Kind {
    i64 life;
    bool joins;
    u64 hub;
    Ends identifiers;
    u32 count = 0;
};

struct Member {
    Name name;
    i64 since, last;
    u32 before, after;  // among members
    Ends links;
    u32 count;
    u32 seen;   // by which read, and as what
    u32 place;  // among the neighbours of a read, or in a snapshot
    bool bad;
};

struct Identifier {
    Name name;
    i64 first, last;
    u32 before, after;  // among those of its kind
    Ends links;
    u32 count;
    u16 kind;
};

struct Link {
    i64 last;
    u32 member, identifier;
    u32 before, after;            // among those of its member
    u32 before_other, after_other;  // among those of its identifier
};

struct Mark {
    Name name;
    i64 at;
    u32 before, after;
};

struct Use {
    u32 kind;
    Name name;
};

struct Limits {
    u64 neighbours, asked, links, second, component, kept;
};

// ---------------------------------------------------------------------------------------------------------- network

class Network {
    std::vector<Kind> kinds;
    Limits bounds{};
    std::vector<i64> windows;
    i64 newest = 0, longest = 0;
    Pool<Member, &Member::after> members;
    Pool<Identifier, &Identifier::after> identifiers;
    Pool<Link, &Link::after> links;
    Pool<Mark, &Mark::after> marks;
    Table member_table, identifier_table, mark_table;
    Ends member_list, mark_list;

    // Of one read.
    std::vector<Use> uses;
    std::vector<u32> identifier_seen;
    std::vector<u32> shared, times, reached, living;
    std::vector<i64> per_link, counted;
    u32 round = 0;
    u64 walked = 0;

    static constexpr u32 SHARED = 1, SECOND = 2, REACHED = 4, FLAGS = 7;

    auto member_hash() const {
        return [this](u32 place) { return hash_of(members[place].name, 0); };
    }
    auto mark_hash() const {
        return [this](u32 place) { return hash_of(marks[place].name, 0); };
    }
    auto identifier_hash() const {
        return [this](u32 place) { return hash_of(identifiers[place].name, u64(identifiers[place].kind) + 1); };
    }

  public:
    Network(nb::handle links, nb::handle limits) {
        auto limit = [&](const char* name) { return nb::cast<u64>(limits.attr(name)); };
        bounds = {limit("neighbours"), limit("asked"), limit("links"), limit("second"), limit("component"), limit("kept")};
        for (nb::handle link : links) {
            i64 life = nb::cast<i64>(link.attr("life"));
            kinds.push_back({life, nb::cast<bool>(link.attr("joins")), nb::cast<u64>(link.attr("hub")), {}, 0});
            longest = std::max(longest, life);
        }
        if (kinds.size() > 0xffff) throw nb::value_error("too many kinds of identifiers");
        nb::object named = nb::module_::import_("tandem.observe.graph.definitions").attr("WINDOWS");
        for (nb::handle one : named) windows.push_back(nb::cast<i64>(one[1]));
    }

    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;

    static Network* restored(nb::handle links, nb::bytes state, nb::handle limits) {
        auto network = std::make_unique<Network>(links, limits);
        network->load(reinterpret_cast<const unsigned char*>(state.c_str()), state.size());
        return network.release();
    }

    i64 newest_time() const { return newest; }
    u64 links_walked() const { return walked; }
    size_t bytes() const {
        return members.bytes() + identifiers.bytes() + links.bytes() + marks.bytes() + member_table.bytes() +
               identifier_table.bytes() + mark_table.bytes() + identifier_seen.capacity() * sizeof(u32);
    }
    size_t member_count() const { return member_table.size(); }

    nb::object read(nb::handle member, nb::handle named, nb::handle at) {
        i64 time = time_of(at);
        Name name{};
        bool known = !member.is_none();
        if (known) name = name_of(member);
        take_uses(named);
        return found(known ? find_member(name) : NONE, time);
    }

    nb::object observe(nb::handle member, nb::handle named, nb::handle at) {
        i64 time = time_of(at);
        Name name{};
        bool known = !member.is_none();
        if (known) name = name_of(member);
        take_uses(named);
        nb::object vector = found(known ? find_member(name) : NONE, time);
        if (known) take_in(name, time);
        return vector;
    }

    void link(nb::handle member, nb::handle named, nb::handle at) {
        i64 time = time_of(at);
        Name name = name_of(member);
        take_uses(named);
        take_in(name, time);
    }

    void mark(nb::handle member, nb::handle at, bool bad) {
        i64 time = time_of(at);
        Name name = name_of(member);
        u32 place = find_mark(name), known = find_member(name);
        if (bad && place == NONE) {
            add_mark(name, time);
        } else if (!bad && place != NONE) {
            mark_table.remove(place, mark_hash());
            unlink<Mark, &Mark::before, &Mark::after>(marks, mark_list, place);
            marks.give_back(place);
        }
        if (known != NONE) members[known].bad = bad;
    }

    nb::object links_of(nb::handle member) const {
        nb::list told;
        Name name{};
        u32 known = read_name(member, name) ? find_member(name) : NONE;
        if (known == NONE) return std::move(told);
        for (u32 one = members[known].links.last; one != NONE; one = links[one].before) {
            const Identifier& identifier = identifiers[links[one].identifier];
            told.append(nb::make_tuple(static_cast<int>(identifier.kind), text_of(identifier.name), links[one].last));
        }
        return std::move(told);
    }

    nb::object members_of(i64 kind, nb::handle identifier) const {
        if (kind < 0 || static_cast<u64>(kind) >= kinds.size()) throw nb::index_error("no such kind of identifier");
        nb::list told;
        Name name{};
        u32 known = read_name(identifier, name) ? find_identifier(static_cast<u32>(kind), name) : NONE;
        if (known == NONE) return std::move(told);
        for (u32 one = identifiers[known].links.last; one != NONE; one = links[one].before_other) {
            told.append(nb::make_tuple(text_of(members[links[one].member].name), links[one].last));
        }
        return std::move(told);
    }

    nb::object standing(nb::handle member) const {
        Name name{};
        if (!read_name(member, name)) return nb::none();
        u32 known = find_member(name), bad = find_mark(name);
        if (known == NONE && bad == NONE) return nb::none();
        nb::object type = nb::module_::import_("tandem.observe.graph.network").attr("Standing");
        nb::object since = nb::none(), last = nb::none(), bad_since = nb::none();
        if (known != NONE) since = nb::int_(members[known].since), last = nb::int_(members[known].last);
        if (bad != NONE) bad_since = nb::int_(marks[bad].at);
        return type(since, last, bad_since);
    }

    // The layout is told in states.py.
    nb::object state() {
        u64 count = 0;
        size_t size = 8 + 4 + 4 * kinds.size() + 4;
        for (u32 one = member_list.first; one != NONE; one = members[one].after) count += members[one].count;
        size += 36 * (member_table.size() + identifier_table.size()) + 16 * count + 24 * mark_table.size();
        if (count >= NONE) throw std::bad_alloc();
        nb::object bytes = nb::steal<nb::object>(PyBytes_FromStringAndSize(nullptr, static_cast<Py_ssize_t>(size)));
        if (!bytes.is_valid()) throw nb::python_error();
        write(reinterpret_cast<unsigned char*>(PyBytes_AS_STRING(bytes.ptr())));
        return bytes;
    }

  private:
    // ------------------------------------------------------------------------------------------------------ finding

    u32 find_member(const Name& name) const {
        return member_table.find(hash_of(name, 0), [&](u32 place) { return members[place].name == name; });
    }
    u32 find_mark(const Name& name) const {
        return mark_table.find(hash_of(name, 0), [&](u32 place) { return marks[place].name == name; });
    }
    u32 find_identifier(u32 kind, const Name& name) const {
        return identifier_table.find(hash_of(name, u64(kind) + 1), [&](u32 place) {
            return identifiers[place].kind == kind && identifiers[place].name == name;
        });
    }

    // Both lists are walked at once, so the shorter one says how long it takes.
    u32 find_link(u32 member, u32 identifier) const {
        u32 one = members[member].links.last, other = identifiers[identifier].links.last;
        while (one != NONE && other != NONE) {
            if (links[one].identifier == identifier) return one;
            if (links[other].member == member) return other;
            one = links[one].before;
            other = links[other].before_other;
        }
        return NONE;
    }

    void take_uses(nb::handle named) {
        uses.clear();
        for (nb::handle one : named) {
            if (!PyTuple_Check(one.ptr()) || PyTuple_GET_SIZE(one.ptr()) != 2) throw nb::type_error("a use is a pair");
            i64 kind = nb::cast<i64>(nb::handle(PyTuple_GET_ITEM(one.ptr(), 0)));
            if (kind < 0 || static_cast<u64>(kind) >= kinds.size()) throw nb::index_error("no such kind of identifier");
            uses.push_back({static_cast<u32>(kind), name_of(PyTuple_GET_ITEM(one.ptr(), 1))});
        }
    }

    // ------------------------------------------------------------------------------------------------------ reading

    void begin_round() {
        round += FLAGS + 1;
        if (round == 0) {  // after half a billion reads
            for (u32 one = 0; one < members.size(); ++one) members[one].seen = 0;
            std::fill(identifier_seen.begin(), identifier_seen.end(), 0);
            round = FLAGS + 1;
        }
        if (identifier_seen.size() < identifiers.size()) identifier_seen.resize(identifiers.size(), 0);
    }

    // Whether this read met it as `flag` before; now it has.
    bool meet(u32& seen, u32 flag) const {
        if ((seen & ~FLAGS) != round) seen = round;
        bool before = seen & flag;
        seen |= flag;
        return before;
    }
    bool met(u32 seen, u32 flag) const { return (seen & ~FLAGS) == round && (seen & flag); }

    // Links that live into `living`, the newest first.
    void walk(const Identifier& identifier, i64 at) {
        living.clear();
        walked += identifier.count;
        i64 life = kinds[identifier.kind].life;
        for (u32 one = identifier.links.last; one != NONE; one = links[one].before_other) {
            if (at - links[one].last < life) living.push_back(one);
        }
    }

    nb::object found(u32 self, i64 at) {
        at = std::max(at, newest);
        walked = 0;
        begin_round();
        size_t width = windows.size() + 3;
        per_link.assign(kinds.size() * width, UNKNOWN);
        shared.clear();
        times.clear();
        u64 crowds = 0;
        for (const Use& use : uses) {
            const Kind& kind = kinds[use.kind];
            u32 place = find_identifier(use.kind, use.name);
            if (place != NONE && at - identifiers[place].last >= kind.life) place = NONE;
            living.clear();
            if (place != NONE) walk(identifiers[place], at);
            count(place, self, at);
            keep_heaviest(per_link.data() + use.kind * width);
            if (living.size() >= kind.hub) {
                ++crowds;
            } else if (kind.joins) {
                for (u32 one : living) share(links[one].member, self);
            }
        }
        return vector(self, crowds, at);
    }

    void count(u32 place, u32 self, i64 at) {
        counted.assign(windows.size() + 3, 0);
        counted.back() = UNKNOWN;
        if (place == NONE) return;
        i64& others = counted[windows.size()];
        i64& bad = counted[windows.size() + 1];
        bool marked = mark_table.size() > 0;
        for (u32 one : living) {
            if (links[one].member == self) continue;
            i64 age = at - links[one].last;
            for (size_t window = 0; window < windows.size(); ++window) counted[window] += age < windows[window];
            ++others;
            bad += marked && members[links[one].member].bad;
        }
        counted.back() = std::max<i64>(0, at - identifiers[place].first) / DAY;
    }

    // Compared from the bad ones back to the shortest window.
    void keep_heaviest(i64* kept) const {
        bool heavier = kept[0] == UNKNOWN;
        for (size_t place = counted.size() - 1; !heavier && place-- > 0;) {
            if (counted[place] < kept[place]) return;
            heavier = counted[place] > kept[place];
        }
        if (heavier) std::copy(counted.begin(), counted.end(), kept);
    }

    void share(u32 other, u32 self) {
        Member& member = members[other];
        if (met(member.seen, SHARED)) {
            ++times[member.place];
        } else if (other != self && shared.size() < bounds.neighbours) {
            meet(member.seen, SHARED);
            member.place = static_cast<u32>(shared.size());
            shared.push_back(other);
            times.push_back(1);
        }
    }

    // Calls `take` with members around `member`, until it says that it has enough; `flag` tells one walk from another.
    template <typename Take>
    bool around(u32 member, u32 flag, i64 at, Take take) {
        u64 place = 0;
        for (u32 one = members[member].links.last; one != NONE && place < bounds.links; one = links[one].before, ++place) {
            u32 shared_by = links[one].identifier;
            const Identifier& identifier = identifiers[shared_by];
            const Kind& kind = kinds[identifier.kind];
            if (!kind.joins || at - links[one].last >= kind.life) continue;
            if (meet(identifier_seen[shared_by], flag)) continue;
            walk(identifier, at);
            if (living.size() >= kind.hub) continue;
            for (u32 other : living) {
                if (links[other].member != member && !take(links[other].member)) return false;
            }
        }
        return true;
    }

    nb::object vector(u32 self, u64 crowds, i64 at) {
        i64 second = 0, second_bad = 0;
        auto two_steps = [&](u32 other) {
            if (static_cast<u64>(second) >= bounds.second) return false;
            Member& member = members[other];
            if (other == self || met(member.seen, SHARED) || meet(member.seen, SECOND)) return true;
            ++second;
            second_bad += member.bad;
            return true;
        };
        for (size_t one = 0; one < shared.size() && one < bounds.asked; ++one) {
            if (!around(shared[one], SECOND, at, two_steps)) break;
        }
        reached = shared;
        for (u32 one : shared) meet(members[one].seen, REACHED);
        auto reach = [&](u32 other) {
            Member& member = members[other];
            if (other == self || met(member.seen, REACHED)) return true;
            if (reached.size() >= bounds.component) return false;
            meet(member.seen, REACHED);
            reached.push_back(other);
            return true;
        };
        for (size_t one = 0; one < reached.size(); ++one) {  // grows while it is walked
            if (!around(reached[one], REACHED, at, reach)) break;
        }
        i64 bad = 0, close = 0, reached_bad = 0, day = 0, week = 0;
        for (u32 one : shared) bad += members[one].bad;
        for (u32 one : times) close += one > 1;
        for (u32 one : reached) {
            reached_bad += members[one].bad;
            i64 age = at - members[one].since;
            day += age < DAY;
            week += age < 7 * DAY;
        }
        i64 across[] = {static_cast<i64>(shared.size()), bad, close, second, second_bad, static_cast<i64>(reached.size()),
                        reached_bad, day, week, static_cast<i64>(crowds)};
        constexpr size_t ACROSS = sizeof across / sizeof *across;
        nb::object list = nb::steal<nb::object>(PyList_New(static_cast<Py_ssize_t>(per_link.size() + ACROSS)));
        if (!list.is_valid()) throw nb::python_error();
        Py_ssize_t to = 0;
        auto tell = [&](i64 value) {
            PyObject* told = value == UNKNOWN ? nb::none().release().ptr() : PyLong_FromLongLong(value);
            if (!told) throw nb::python_error();
            PyList_SET_ITEM(list.ptr(), to++, told);
        };
        for (i64 value : per_link) tell(value);
        for (i64 value : across) tell(value);
        return list;
    }

    // ------------------------------------------------------------------------------------------------------ writing

    u32 add_member(const Name& name, i64 since, i64 last) {
        member_table.make_room(hash_of(name, 0), member_hash());
        u32 place = members.take();
        members[place] = {name, since, last, NONE, NONE, {}, 0, 0, 0, false};
        members[place].bad = mark_table.size() > 0 && find_mark(name) != NONE;
        append<Member, &Member::before, &Member::after>(members, member_list, place);
        member_table.add(place, member_hash()(place));
        return place;
    }

    u32 add_identifier(u32 kind, const Name& name, i64 first, i64 last) {
        identifier_table.make_room(hash_of(name, u64(kind) + 1), identifier_hash());
        u32 place = identifiers.take();
        identifiers[place] = {name, first, last, NONE, NONE, {}, 0, static_cast<u16>(kind)};
        append<Identifier, &Identifier::before, &Identifier::after>(identifiers, kinds[kind].identifiers, place);
        identifier_table.add(place, identifier_hash()(place));
        ++kinds[kind].count;
        return place;
    }

    u32 add_link(u32 member, u32 identifier, i64 last) {
        u32 place = links.take();
        links[place] = {last, member, identifier, NONE, NONE, NONE, NONE};
        append_other(place);
        ++identifiers[identifier].count;
        return place;
    }

    void add_mark(const Name& name, i64 at) {
        mark_table.make_room(hash_of(name, 0), mark_hash());
        u32 place = marks.take();
        marks[place] = {name, at, NONE, NONE};
        append<Mark, &Mark::before, &Mark::after>(marks, mark_list, place);
        mark_table.add(place, mark_hash()(place));
    }

    void append_own(u32 place) {
        append<Link, &Link::before, &Link::after>(links, members[links[place].member].links, place);
    }
    void append_other(u32 place) {
        append<Link, &Link::before_other, &Link::after_other>(links, identifiers[links[place].identifier].links, place);
    }
    void unlink_own(u32 place) {
        unlink<Link, &Link::before, &Link::after>(links, members[links[place].member].links, place);
    }
    void unlink_other(u32 place) {
        unlink<Link, &Link::before_other, &Link::after_other>(links, identifiers[links[place].identifier].links, place);
    }

    void take_in(const Name& name, i64 at) {
        newest = std::max(newest, at);
        u32 member = find_member(name);
        if (member == NONE) {
            member = add_member(name, at, at);
        } else {
            if (newest - members[member].last >= longest) members[member].since = at;
            unlink<Member, &Member::before, &Member::after>(members, member_list, member);
            append<Member, &Member::before, &Member::after>(members, member_list, member);
        }
        members[member].since = std::min(members[member].since, at);
        members[member].last = std::max(members[member].last, at);
        for (const Use& use : uses) use_again(member, use, at);
        while (members[member].count > bounds.kept) forget(members[member].links.first);
        expire();
    }

    void use_again(u32 member, const Use& use, i64 at) {
        Kind& kind = kinds[use.kind];
        u32 place = find_identifier(use.kind, use.name), link = NONE;
        if (place == NONE) {
            place = add_identifier(use.kind, use.name, at, at);
        } else {
            Identifier& identifier = identifiers[place];
            if (newest - identifier.last >= kind.life) identifier.first = at;
            unlink<Identifier, &Identifier::before, &Identifier::after>(identifiers, kind.identifiers, place);
            append<Identifier, &Identifier::before, &Identifier::after>(identifiers, kind.identifiers, place);
            link = find_link(member, place);
        }
        Identifier& identifier = identifiers[place];
        identifier.first = std::min(identifier.first, at);
        identifier.last = std::max(identifier.last, at);
        if (link == NONE) {
            link = add_link(member, place, at);
            ++members[member].count;
        } else {
            links[link].last = std::max(links[link].last, at);
            unlink_other(link);
            append_other(link);
            unlink_own(link);
        }
        append_own(link);
        if (identifier.count > kind.hub) forget(identifier.links.first);
    }

    void forget(u32 link) {
        u32 member = links[link].member, identifier = links[link].identifier;
        unlink_own(link);
        unlink_other(link);
        links.give_back(link);
        --members[member].count;
        if (--identifiers[identifier].count) return;
        Kind& kind = kinds[identifiers[identifier].kind];
        identifier_table.remove(identifier, identifier_hash());
        unlink<Identifier, &Identifier::before, &Identifier::after>(identifiers, kind.identifiers, identifier);
        identifiers.give_back(identifier);
        --kind.count;
    }

    void expire() {
        for (Kind& kind : kinds) {
            for (int turn = 0; turn < FOLLOWED_UP && kind.identifiers.first != NONE; ++turn) {
                u32 identifier = kind.identifiers.first;
                if (newest - identifiers[identifier].last < kind.life) break;
                for (u32 left = identifiers[identifier].count; left > 0; --left) {
                    forget(identifiers[identifier].links.first);
                }
            }
        }
        for (int turn = 0; turn < FOLLOWED_UP && member_list.first != NONE; ++turn) {
            u32 member = member_list.first;
            if (newest - members[member].last < longest) break;
            while (members[member].links.first != NONE) forget(members[member].links.first);
            member_table.remove(member, member_hash());
            unlink<Member, &Member::before, &Member::after>(members, member_list, member);
            members.give_back(member);
        }
    }

    // ------------------------------------------------------------------------------------------------------ keeping

    void write(unsigned char* to) {
        Writer out(to);
        out.put_time(newest);
        out.put_count(member_table.size());
        u32 place = 0;
        for (u32 one = member_list.first; one != NONE; one = members[one].after) {
            Member& member = members[one];
            member.place = place++;
            out.put(member.name);
            out.put_time(member.since);
            out.put_time(member.last);
            out.put_count(member.count);
        }
        std::vector<u32> numbers(links.size());
        u32 number = 0;
        for (const Kind& kind : kinds) {
            out.put_count(kind.count);
            for (u32 one = kind.identifiers.first; one != NONE; one = identifiers[one].after) {
                const Identifier& identifier = identifiers[one];
                out.put(identifier.name);
                out.put_time(identifier.first);
                out.put_time(identifier.last);
                out.put_count(identifier.count);
                for (u32 link = identifier.links.first; link != NONE; link = links[link].after_other) {
                    numbers[link] = number++;
                    out.put_count(members[links[link].member].place);
                    out.put_time(links[link].last);
                }
            }
        }
        for (u32 one = member_list.first; one != NONE; one = members[one].after) {
            for (u32 link = members[one].links.first; link != NONE; link = links[link].after) {
                out.put_count(numbers[link]);
            }
        }
        out.put_count(mark_table.size());
        for (u32 one = mark_list.first; one != NONE; one = marks[one].after) {
            out.put(marks[one].name);
            out.put_time(marks[one].at);
        }
    }

    void load(const unsigned char* data, size_t size) {
        Reader in(data, size);
        newest = in.take_time(TIME_MAX);
        u32 count = in.take_count(36);
        std::vector<u32> own(count), of_member(count);  // members and how many links each is said to have
        member_table.reserve(count, member_hash());
        u64 said = 0;
        for (u32 one = 0; one < count; ++one) {
            Name name = in.take_name();
            i64 since = in.take_time(newest), last = in.take_time(newest);
            if (since > last) damaged("a member's times are out of order");
            if (find_member(name) != NONE) damaged("a member stands twice");
            own[one] = add_member(name, since, last);
            of_member[one] = in.take_count(4);
            if (of_member[one] > bounds.kept) damaged("a member has too many links");
            said += of_member[one];
        }
        std::vector<u32> order;
        for (u32 kind = 0; kind < kinds.size(); ++kind) {
            u32 kept = in.take_count(36);
            identifier_table.reserve(identifier_table.size() + kept, identifier_hash());
            for (u32 one = 0; one < kept; ++one) load_identifier(in, kind, own, order);
        }
        if (order.size() != said) damaged("links are missing");
        for (u32 one = 0; one < count; ++one) {
            for (u32 left = of_member[one]; left > 0; --left) {
                u32 number = in.take_count(0);
                if (number >= order.size()) damaged("there is no such link");
                u32 link = order[number];
                if (link == NONE || links[link].member != own[one]) damaged("a link is another member's");
                order[number] = NONE;
                append_own(link);
                ++members[own[one]].count;
            }
        }
        count = in.take_count(24);
        for (u32 one = 0; one < count; ++one) {
            Name name = in.take_name();
            i64 at = in.take_time(TIME_MAX);
            if (find_mark(name) != NONE) damaged("a mark stands twice");
            add_mark(name, at);
            u32 member = find_member(name);
            if (member != NONE) members[member].bad = true;
        }
        if (!in.done()) damaged("bytes are left over");
        for (u32 one : own) members[one].seen = 0;  // used here to see that no link stands twice
    }

    void load_identifier(Reader& in, u32 kind, const std::vector<u32>& own, std::vector<u32>& order) {
        Name name = in.take_name();
        i64 first = in.take_time(newest), last = in.take_time(newest);
        if (first > last) damaged("an identifier's times are out of order");
        if (find_identifier(kind, name) != NONE) damaged("an identifier stands twice");
        u32 place = add_identifier(kind, name, first, last);
        u32 count = in.take_count(12);
        if (count == 0 || count > kinds[kind].hub) damaged("an identifier has none or too many members");
        for (u32 one = 0; one < count; ++one) {
            u32 number = in.take_count(0);
            if (number >= own.size()) damaged("there is no such member");
            Member& member = members[own[number]];
            i64 at = in.take_time(std::min(last, member.last));
            if (member.seen == place + 1) damaged("a member has a link twice");
            member.seen = place + 1;
            order.push_back(add_link(own[number], place, at));
        }
    }

};

}  // namespace

NB_MODULE(_compiled, module) {
    // A network that lives as long as the process is no leak, and its users need no warning about it.
    nb::set_leak_warnings(false);
    nb::object limits = nb::module_::import_("tandem.observe.graph.definitions").attr("GRAPH_LIMITS");
    nb::class_<Network>(module, "Network")
        .def(nb::init<nb::handle, nb::handle>(), nb::arg("links"), nb::arg("limits") = limits)
        .def_static("restored", &Network::restored, nb::arg("links"), nb::arg("state"), nb::arg("limits") = limits,
                    nb::rv_policy::take_ownership)
        .def_prop_ro("newest", &Network::newest_time)
        .def_prop_ro("walked", &Network::links_walked)
        .def_prop_ro("bytes", &Network::bytes)
        .def("read", &Network::read, nb::arg("member").none(), nb::arg("named"), nb::arg("at"))
        .def("observe", &Network::observe, nb::arg("member").none(), nb::arg("named"), nb::arg("at"))
        .def("link", &Network::link, nb::arg("member"), nb::arg("named"), nb::arg("at"))
        .def("mark", &Network::mark, nb::arg("member"), nb::arg("at"), nb::kw_only(), nb::arg("bad"))
        .def("links_of", &Network::links_of, nb::arg("member"))
        .def("members_of", &Network::members_of, nb::arg("kind"), nb::arg("identifier"))
        .def("standing", &Network::standing, nb::arg("member"))
        .def("state", &Network::state)
        .def("__len__", &Network::member_count);
}
