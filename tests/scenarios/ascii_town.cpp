#include "ascii_town.hpp"

#include "directory/snapshot/snapshot.hpp"
#include "geo/mesh.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <memory>
#include <set>
#include <sstream>
#include <stdexcept>

namespace shirube::scenarios {

using namespace directory;

namespace {

// The north-western corner of the picture, in the sea: a corner of the standard grid.
constexpr geo::LonLat k_corner{137.0, 33.25};
constexpr double k_cell_lon = 11.25 / 3600;
constexpr double k_cell_lat = 7.5 / 3600;

/// The picture's words by rows; blank lines do not count.
std::vector<std::vector<std::string>> words_of(std::string_view picture) {
    std::vector<std::vector<std::string>> rows;
    std::istringstream lines{std::string(picture)};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::vector<std::string> row;
        for (std::string word; words >> word;) {
            row.push_back(word);
        }
        if (!row.empty()) {
            rows.push_back(std::move(row));
        }
    }
    return rows;
}

geo::Polygon rectangle(const geo::Box& box) {
    return {{{box.west, box.south}, {box.east, box.south}, {box.east, box.north}, {box.west, box.north}}, {}};
}

} // namespace

AsciiTown::AsciiTown(std::string_view picture) {
    for (const auto& row : words_of(picture)) {
        auto& cells = cells_.emplace_back();
        for (const auto& word : row) {
            Cell cell;
            for (const char character : word) {
                if (std::isupper(static_cast<unsigned char>(character)) != 0) {
                    cell.districts += character;
                } else if (character != '.') {
                    cell.marks += character;
                }
            }
            cells.push_back(std::move(cell));
        }
    }
}

AsciiTown& AsciiTown::mark(char mark, Place place) {
    marks_[mark] = std::move(place);
    return *this;
}

AsciiTown& AsciiTown::unlocated(Place place) {
    unlocated_.push_back(std::move(place));
    return *this;
}

AsciiTown& AsciiTown::children(std::string_view picture) {
    children_ = words_of(picture);
    return *this;
}

AsciiTown& AsciiTown::list(TownList list) {
    lists_.push_back(std::move(list));
    return *this;
}

AsciiTown& AsciiTown::complete_list(const std::string& programme) {
    return list({.claims = {{programme, k_municipality, true}}});
}

AsciiTown& AsciiTown::suspend(char district) {
    suspended_ += district;
    return *this;
}

AsciiTown& AsciiTown::belongs_to(char district, const std::string& municipality) {
    municipalities_[district] = municipality;
    return *this;
}

AsciiTown& AsciiTown::area(const std::string& letters) {
    areas_.push_back(letters);
    return *this;
}

AsciiTown& AsciiTown::helpers(directory::HelperCountReading reading) {
    if (reading.municipality.empty()) {
        reading.municipality = k_municipality;
    }
    helpers_.push_back(std::move(reading));
    return *this;
}

AsciiTown& AsciiTown::need(NeedReading reading) {
    needs_.push_back(std::move(reading));
    return *this;
}

geo::Box AsciiTown::box(std::size_t row, std::size_t column) const {
    return geo::mesh_box(geo::mesh_at(middle(row, column), geo::MeshLevel::m250));
}

geo::LonLat AsciiTown::middle(std::size_t row, std::size_t column) const {
    return {k_corner.lon + k_cell_lon * (static_cast<double>(column) + 0.5),
            k_corner.lat - k_cell_lat * (static_cast<double>(row) + 0.5)};
}

void AsciiTown::add_districts(State& state) const {
    std::set<char> letters;
    for (const auto& row : cells_) {
        for (const auto& cell : row) {
            letters.insert(cell.districts.begin(), cell.districts.end());
        }
    }
    for (const char letter : letters) {
        DistrictRow district;
        district.layer = "chugakkoku";
        district.code = std::string(1, letter);
        district.name = district.code + "中学校";
        const auto stated = municipalities_.find(letter);
        district.municipality = stated == municipalities_.end() ? k_municipality : stated->second;
        district.municipality_name = "標市" + district.municipality;
        district.status =
            suspended_.find(letter) == std::string::npos ? DistrictStatus::active : DistrictStatus::suspended;
        for (std::size_t row = 0; row < cells_.size(); ++row) {
            // Neighbours in a row are one rectangle, so that no border runs between them.
            const auto holds = [&](std::size_t column) {
                return column < cells_[row].size() && cells_[row][column].districts.find(letter) != std::string::npos;
            };
            for (std::size_t first = 0; first < cells_[row].size(); ++first) {
                if (!holds(first)) {
                    continue;
                }
                geo::Box run = box(row, first);
                while (holds(first + 1)) {
                    run.expand(box(row, ++first));
                }
                district.geometry.push_back(rectangle(run));
            }
        }
        state.districts.push_back(std::move(district));
    }
    for (const auto& of : areas_) {
        DistrictRow area;
        area.layer = "sodan_kuiki";
        area.code = of;
        area.name = of + "区域";
        area.municipality = k_municipality;
        area.municipality_name = "標市" + area.municipality;
        for (const auto& district : state.districts) {
            if (district.layer == "chugakkoku" && of.find(district.code) != std::string::npos) {
                area.geometry.insert(area.geometry.end(), district.geometry.begin(), district.geometry.end());
            }
        }
        state.districts.push_back(std::move(area));
    }
}

std::vector<AsciiTown::Standing> AsciiTown::standing() const {
    std::vector<Standing> places;
    for (std::size_t row = 0; row < cells_.size(); ++row) {
        for (std::size_t column = 0; column < cells_[row].size(); ++column) {
            for (const char mark : cells_[row][column].marks) {
                const auto place = marks_.find(mark);
                if (place == marks_.end()) {
                    throw std::logic_error(fmt::format("the picture's mark {} is not explained", mark));
                }
                geo::LonLat position = middle(row, column);
                if (place->second.spot == Spot::west_edge) {
                    position.lon = box(row, column).west;
                }
                places.push_back({place->second, mark, position});
            }
        }
    }
    for (const auto& place : unlocated_) {
        places.push_back({place, '-', std::nullopt});
    }
    return places;
}

void AsciiTown::add_services(State& state) const {
    const Taxonomy& taxonomy = Taxonomy::shipped();
    for (const auto& [place, mark, position] : standing()) {
        const auto number = static_cast<std::uint32_t>(state.sites.size());
        SiteRow site;
        site.id = fmt::format("site{:04}", number);
        site.name = place.name.empty() ? fmt::format("児童館{}", mark) : place.name;
        site.official_name = site.name;
        site.municipality = place.municipality.empty()  ? k_municipality
                            : place.municipality == "?" ? ""
                                                        : place.municipality;
        site.municipality_name = "標市" + site.municipality;
        site.position = position;
        site.accuracy_m = place.accuracy_m;
        site.quality =
            !position ? PositionQuality::none : (place.accuracy_m ? PositionQuality::town : PositionQuality::exact);
        ServiceRow service = place.service;
        service.id = fmt::format("service{:04}", number);
        service.site = number;
        service.list = state.lists.empty() ? k_no_index : 0;
        service.programme = taxonomy.by_code(place.programme).value();
        state.sites.push_back(std::move(site));
        state.services.push_back(std::move(service));
    }
}

void AsciiTown::add_cells(State& state) const {
    for (std::size_t row = 0; row < children_.size(); ++row) {
        for (std::size_t column = 0; column < children_[row].size(); ++column) {
            const std::string& word = children_[row][column];
            if (word == ".") {
                continue;
            }
            CellRow cell;
            cell.mesh = geo::to_string(geo::mesh_at(middle(row, column), geo::MeshLevel::m250));
            const auto count = word == "?" ? std::nullopt : std::optional<std::int64_t>(std::stoll(word));
            cell.bands = {{0, 15, count}, {15, 65, 100}};
            state.cells.push_back(std::move(cell));
        }
    }
    std::ranges::sort(state.cells, {}, &CellRow::mesh);
}

Reader AsciiTown::reader() const { return Reader(Snapshot::build(state(), Taxonomy::shipped(), Holidays::shipped())); }

State AsciiTown::state() const {
    State state;
    for (std::size_t i = 0; i < lists_.size(); ++i) {
        ListRow list;
        list.name = fmt::format("台帳{}", i);
        list.as_of = lists_[i].as_of;
        list.claims = lists_[i].claims;
        state.lists.push_back(std::move(list));
    }
    add_districts(state);
    add_services(state);
    add_cells(state);
    for (const auto& counted : helpers_) {
        state.helper_counts.push_back({counted, 0});
    }
    for (const auto& need : needs_) {
        state.needs.push_back({need, state.lists.empty() ? k_no_index : 0});
    }
    return state;
}

std::string Answer::tiers() const {
    std::string words;
    for (const auto& [letter, district] : of) {
        words += fmt::format("{}{} {}", words.empty() ? "" : ", ", letter, code_of(district.tier));
    }
    return words;
}

bool Answer::notes(char district, std::string_view note) const {
    return std::ranges::find(of.at(district).notes, note) != of.at(district).notes.end();
}

Policy policy_of(const std::vector<std::string>& programmes) {
    Policy policy;
    policy.id = "test";
    for (const auto& programme : programmes) {
        policy.any_of.push_back(Taxonomy::shipped().by_code(programme).value());
    }
    return policy;
}

Answer ask(const Reader& reader, const Policy& policy, std::string_view day, const std::string& layer) {
    constexpr std::int64_t k_every_count = 1;
    Answer answer;
    answer.coverage = compute_coverage(reader, policy, *reader.find_layer(layer), at(day), k_every_count);
    for (const auto& district : answer.coverage.districts) {
        answer.of.emplace(reader.districts()[district.district].code.front(), district);
    }
    return answer;
}

std::string found(const Reader& reader, const SearchQuery& query) {
    std::string names;
    for (const auto& hit : reader.search(query).hits) {
        names += (names.empty() ? "" : " ") + reader.sites()[reader.services()[hit.service].site].name;
    }
    return names;
}

Instant at(std::string_view instant) { return parse_instant(instant).value(); }

Schedule every(int weekday, int from_hour, int to_hour, std::uint8_t ordinals) {
    Schedule schedule;
    schedule.rule.state = ScheduleState::dated;
    schedule.rule.weekdays = static_cast<WeekdayMask>(1U << static_cast<unsigned>(weekday));
    schedule.rule.ordinals = ordinals;
    schedule.rule.from_minute = static_cast<std::int16_t>(from_hour * 60);
    schedule.rule.to_minute = static_cast<std::int16_t>(to_hour * 60);
    schedule.rule.holidays = HolidayRule::closed;
    schedule.text = "毎週";
    return schedule;
}

} // namespace shirube::scenarios
