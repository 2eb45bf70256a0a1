// Files of one table joined into one list, and the partners of suppression looked up in it.
#include "importers/population/population.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

namespace shirube::importers {

namespace {

using directory::BatchList;
using directory::BatchRow;
using directory::PopulationReading;

/// "estat-mesh:tblT001141H5339" parted into what is common to the table's files and what is the file's own; the number
/// of digits stays with the former, because files of primary meshes and of prefectures are not parts of one whole.
std::pair<std::string, std::string> table_and_part(const std::string& name) {
    const auto last = name.find_last_not_of("0123456789");
    const auto cut = last == std::string::npos ? 0 : last + 1;
    return {name.substr(0, cut) + "|" + std::to_string(name.size() - cut), name.substr(cut)};
}

/// A name for the files of one table together: "estat-mesh:tblT001141H5339+5340".
std::string joined_name(const std::string& first, const std::vector<std::string>& parts) {
    constexpr std::size_t most = 12;
    std::string name = first;
    for (std::size_t i = 1; i < parts.size() && i < most; ++i) {
        name += "+" + parts[i];
    }
    if (parts.size() > most) {
        name += "+" + std::to_string(parts.size() - most) + "…";
    }
    return name;
}

class Partners {
  public:
    Partners(BatchList& list, Intake& intake) : list_(list), intake_(intake) {
        for (BatchRow& row : list.rows) {
            const auto& reading = std::get<PopulationReading>(row.reading);
            by_code_[reading.mesh.empty() ? reading.town_code : reading.mesh].push_back(&reading);
        }
    }

    void look_up() {
        for (BatchRow& row : list_.rows) {
            const auto& reading = std::get<PopulationReading>(row.reading);
            const std::string& own = reading.mesh.empty() ? reading.town_code : reading.mesh;
            if (!reading.suppressed_into.empty()) {
                const auto carrier = by_code_.find(reading.suppressed_into);
                if (carrier == by_code_.end()) {
                    flag(row, "carrier_missing", reading.suppressed_into);
                } else if (std::ranges::none_of(carrier->second, [&](const auto* other) {
                               return std::ranges::find(other->carries, own) != other->carries.end();
                           })) {
                    flag(row, "partner_disagrees", reading.suppressed_into);
                }
            }
            for (const std::string& carried : reading.carries) {
                const auto source = by_code_.find(carried);
                if (source == by_code_.end()) {
                    flag(row, "carried_missing", carried);
                } else if (std::ranges::none_of(source->second,
                                                [&](const auto* other) { return other->suppressed_into == own; })) {
                    flag(row, "partner_disagrees", carried);
                }
            }
        }
    }

  private:
    void flag(BatchRow& row, std::string_view code, const std::string& partner) {
        intake_.begin_table(row.file, row.sheet);
        intake_.note(code, {.row = row.row, .value = row.key}, partner);
        if (!std::exchange(row.flagged, true)) {
            intake_.recount(Bin::accepted, Bin::flagged);
        }
    }

    BatchList& list_;
    Intake& intake_;
    std::unordered_map<std::string, std::vector<const PopulationReading*>> by_code_;
};

} // namespace

std::vector<BatchList> join_population(std::vector<PopulationFile> files, Intake& intake) {
    struct Joined {
        std::string table;
        std::string first_name;
        std::vector<std::string> parts;
        BatchList list;
    };
    std::vector<Joined> joined;
    const bool named = !intake.options().list.empty();
    for (PopulationFile& file : files) {
        auto [table, part] = table_and_part(file.list.name);
        if (named) {
            table.clear();
        }
        const auto found = std::ranges::find(joined, table, &Joined::table);
        if (found == joined.end()) {
            const std::string name = file.list.name;
            joined.push_back({std::move(table), name, {std::move(part)}, std::move(file.list)});
            continue;
        }
        found->parts.push_back(std::move(part));
        found->list.as_of = std::max(found->list.as_of, file.list.as_of);
        std::ranges::move(file.list.rows, std::back_inserter(found->list.rows));
    }
    std::vector<BatchList> lists;
    for (Joined& table : joined) {
        table.list.name = named ? intake.options().list : joined_name(table.first_name, table.parts);
        Partners(table.list, intake).look_up();
        lists.push_back(std::move(table.list));
    }
    return lists;
}

} // namespace shirube::importers
