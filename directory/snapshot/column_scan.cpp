#include "directory/snapshot/column_scan.hpp"

#include <numeric>

namespace shirube::directory {

namespace {

template <class Code>
constexpr unsigned bit(Code code) noexcept {
    return 1U << static_cast<unsigned>(code);
}

/// passes[i] &= holds(column[i]), written so that it becomes a loop over vectors.
template <class Value, class Holds>
void keep_where(const std::vector<Value>& column, std::uint32_t first, std::uint32_t count, std::uint8_t* passes,
                Holds&& holds) {
    const Value* const values = column.data() + first;
    for (std::uint32_t i = 0; i < count; ++i) {
        passes[i] = static_cast<std::uint8_t>(passes[i] & static_cast<std::uint8_t>(holds(values[i])));
    }
}

} // namespace

ColumnScan::ColumnScan(const Part& part, const SearchQuery& query, const std::vector<bool>& programmes)
    : part_(part),
      query_(query),
      programmes_(programmes),
      day_(day_number(query.at.day)),
      tells_all_of_time_(!query.minute && !query.open_day && !query.open_at) {}

void ColumnScan::test(std::uint32_t first, std::uint32_t count, Block& block) const {
    const Columns& columns = part_.columns;
    std::uint8_t* const passes = block.data();
    const auto keep = [&](const auto& column, auto&& holds) { keep_where(column, first, count, passes, holds); };
    const DayNumber day = day_;
    keep(part_.has_position, [](std::uint8_t has) { return has != 0; });
    keep(columns.in_force_from, [day](DayNumber from) { return from <= day; });
    keep(columns.in_force_until, [day](DayNumber until) { return day <= until; });
    if (query_.weekdays != 0 && !query_.minute) {
        // Whether a day may be one of opening: who surely opens may.
        const unsigned days = query_.weekdays;
        keep(columns.weekdays, [days](std::uint16_t open) { return (open & days) != 0; });
    }
    if (query_.age) {
        const int from = query_.age->from_months;
        const int to = query_.age->to_months;
        keep(columns.ages, [from, to](Columns::Ages ages) {
            return (ages.from_months < to) & ((ages.to_months < 0) | (ages.to_months > from));
        });
    }
    if (query_.for_whom != 0) {
        const unsigned asked = query_.for_whom;
        keep(columns.for_whom, [asked](std::uint8_t whom) { return (whom & asked) != 0; });
    }
    if (query_.features != 0) {
        const unsigned asked = query_.features;
        keep(columns.features, [asked](std::uint8_t features) { return (features & asked) == asked; });
    }
    if (query_.entry) {
        const Entry asked = *query_.entry;
        keep(columns.entry, [asked](Entry entry) { return entry == asked; });
    }
    if (query_.fee && query_.residents_of.empty()) { // what residents pay stands in a row's terms
        const Fee asked = *query_.fee;
        keep(columns.fee, [asked](Fee fee) { return fee == asked; });
    }
    if (query_.transports != 0) {
        const unsigned asked = query_.transports;
        keep(columns.transport, [asked](Transport transport) { return (asked & bit(transport)) != 0; });
    }
    if (query_.without_phone) {
        constexpr unsigned k_in_writing = bit(Feature::line) | bit(Feature::web_form);
        for (std::uint32_t i = 0; i < count; ++i) {
            const bool begins =
                (columns.entry[first + i] == Entry::drop_in) | ((columns.features[first + i] & k_in_writing) != 0);
            passes[i] = static_cast<std::uint8_t>(passes[i] & static_cast<std::uint8_t>(begins));
        }
    }
    if (!programmes_.empty()) {
        keep(columns.programme, [this](ProgrammeIndex programme) { return bool{programmes_[programme]}; });
    }
}

std::size_t ColumnScan::count() const {
    Block passes;
    std::size_t found = 0;
    const auto all = static_cast<std::uint32_t>(part_.services.size());
    for (std::uint32_t first = 0; first < all; first += k_block) {
        const std::uint32_t count = std::min(k_block, all - first);
        passes.fill(1);
        test(first, count, passes);
        found += std::accumulate(passes.begin(), passes.begin() + count, std::size_t{0});
    }
    return found;
}

} // namespace shirube::directory
