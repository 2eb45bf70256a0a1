#include "importers/landmarks/n02_stations.hpp"

#include "directory/fold.hpp"
#include "geo/distance.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/columns/header_columns.hpp"
#include "importers/files/source_tables.hpp"
#include "importers/landmarks/shape_position.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace shirube::importers {

namespace {

using directory::LandmarkKind;

constexpr std::string_view k_line = "N02_003";
constexpr std::string_view k_company = "N02_004";
constexpr std::string_view k_name = "N02_005";
constexpr std::string_view k_code = "N02_005c"; // from the edition of 2020 on
constexpr std::string_view k_group = "N02_005g";
constexpr std::array k_required{k_line, k_company, k_name, k_longitude_column, k_latitude_column};
constexpr std::array k_known{k_line, k_company, k_name, k_code, k_group, k_longitude_column, k_latitude_column};

/// Platforms of one name so near each other are one station, whatever their lines (N02 itself groups within 300 m).
constexpr double k_one_station_m = 500;
/// Behind a line its company is told where that is short: "京葉線（東日本旅客鉄道）".
constexpr std::size_t k_short_company = 8;
constexpr std::size_t k_most_letters = 100;

class N02Stations final : public LandmarkLayout {
  public:
    N02Stations(const Table& table, const LandmarkDesk& desk) : desk_(desk) {
        const auto name = find_header(table.header, {k_name});
        const auto lon = find_header(table.header, {k_longitude_column});
        const auto lat = find_header(table.header, {k_latitude_column});
        for (const Record& record : table.records) {
            const auto point = shape_position(cell_of(record.cells, lon), cell_of(record.cells, lat));
            if (point && desk_.is_near(*point)) {
                platforms_[directory::fold(cell_of(record.cells, name))].push_back(
                    {.point = *point, .municipality = desk_.around.municipality_at(*point)});
            }
        }
    }

    LandmarkOutcome read(RowCells& cells) override {
        LandmarkOutcome outcome;
        auto& station = outcome.reading;
        station.kind = LandmarkKind::station;
        station.name = shortened(cells.text(k_name), k_most_letters);
        if (station.name.empty()) {
            cells.note({"landmark_name_missing"}, k_name);
            return outcome;
        }
        const auto point = take_shape_position(cells);
        if (!point) {
            return outcome; // nobody knows whether it is near
        }
        if (!desk_.is_near(*point)) {
            outcome.fate = LandmarkFate::outside;
            return outcome;
        }
        station.position = *point;
        outcome.quality = directory::PositionQuality::exact;
        if (auto municipality = municipality_of(directory::fold(station.name), *point)) {
            station.municipality = std::move(municipality->code);
            station.municipality_name = std::move(municipality->name);
        }
        const std::string line = shortened(cells.text(k_line), k_most_letters);
        const std::string company = shortened(cells.text(k_company), k_most_letters);
        const bool is_short = !company.empty() && plain_points(company).size() <= k_short_company;
        station.detail = line.empty() ? (is_short ? company : "") : line + (is_short ? "（" + company + "）" : "");
        outcome.key = key_of(station.name, line, company, cells.text(k_code));
        outcome.fate = LandmarkFate::taken;
        return outcome;
    }

  private:
    struct Platform {
        geo::LonLat point;
        std::optional<KnownMunicipality> municipality;
    };

    /// By what the file says, never by what a gazetteer makes of it. One line may call twice at a name (its branch, its
    /// other end): the second is numbered.
    std::string key_of(std::string_view name, std::string_view line, std::string_view company, std::string_view code) {
        const std::string key = fmt::format("station|{}|{}|{}{}{}", directory::fold(name), directory::fold(line),
                                            directory::fold(company), code.empty() ? "" : "|", code);
        std::string numbered = key;
        for (int times = 2; !keys_.insert(numbered).second; ++times) {
            numbered = fmt::format("{}#{}", key, times);
        }
        return numbered;
    }

    /// Where all platforms of the station lie; nothing where they lie in several, or nobody can tell of any.
    [[nodiscard]] std::optional<KnownMunicipality> municipality_of(const std::string& name, geo::LonLat point) const {
        std::optional<KnownMunicipality> one;
        const auto found = platforms_.find(name);
        if (found == platforms_.end()) {
            return one;
        }
        for (const Platform& platform : found->second) {
            if (!platform.municipality || geo::distance_m(platform.point, point) > k_one_station_m) {
                continue;
            }
            if (one && *one != *platform.municipality) {
                return std::nullopt;
            }
            one = platform.municipality;
        }
        return one;
    }

    const LandmarkDesk& desk_;
    std::unordered_map<std::string, std::vector<Platform>> platforms_; ///< by folded name
    std::unordered_set<std::string> keys_;
};

HeaderFit fit(std::span<const std::string> header) { return fit_of(header, k_known, k_required); }

std::unique_ptr<LandmarkLayout> make(const Table& table, const LandmarkDesk& desk, const ImportOptions& /*options*/) {
    return std::make_unique<N02Stations>(table, desk);
}

} // namespace

const LandmarkLayoutKind& n02_stations() {
    static constexpr LandmarkLayoutKind k_kind{.profile = "n02-station",
                                               .publisher = "国土交通省（国土数値情報）",
                                               .is_one_list = true,
                                               .fit = fit,
                                               .make = make};
    return k_kind;
}

} // namespace shirube::importers
