#include "directory/snapshot/landmark_book.hpp"

#include "directory/fold.hpp"

#include <string>
#include <utility>

namespace shirube::directory {

namespace {

constexpr std::string_view k_station = "駅";

/// How the row is called, folded: lists of stations leave 駅 away, people do not.
std::string name_key(const LandmarkReading& landmark) {
    std::string key = fold(landmark.name);
    if (landmark.kind == LandmarkKind::station && !key.ends_with(k_station)) {
        key += k_station;
    }
    return key;
}

} // namespace

LandmarkBook::LandmarkBook(std::vector<LandmarkRow> rows) : rows_(std::move(rows)) {
    std::array<std::vector<geo::LonLat>, k_kinds> points;
    for (std::uint32_t row = 0; row < rows_.size(); ++row) {
        const LandmarkReading& landmark = rows_[row].reading;
        const bool is_code = landmark.kind == LandmarkKind::postal_code;
        text_.add({name_key(landmark), fold(landmark.kana), is_code ? fold(landmark.detail) : std::string{}});
        if (landmark.position && !is_code) {
            const auto kind = static_cast<std::size_t>(landmark.kind);
            points.at(kind).push_back(*landmark.position);
            located_.at(kind).rows.push_back(row);
        }
    }
    text_.build();
    for (std::size_t kind = 0; kind < k_kinds; ++kind) {
        located_.at(kind).index = geo::PointIndex(points.at(kind));
    }
}

std::vector<std::uint32_t> LandmarkBook::called(std::string_view name) const {
    std::vector<std::uint32_t> found;
    const std::string key = fold(name);
    if (key.empty()) {
        return found;
    }
    for (const std::uint32_t row : text_.find(key)) {
        const std::string whole = name_key(rows_[row].reading);
        const bool is_station = rows_[row].reading.kind == LandmarkKind::station;
        if (whole == key || (is_station && whole == key + std::string{k_station})) {
            found.push_back(row);
        }
    }
    return found;
}

std::optional<NearLandmark> LandmarkBook::nearest(LandmarkKind kind, geo::LonLat point, double within_m) const {
    const Located& located = located_.at(static_cast<std::size_t>(kind));
    std::vector<geo::Neighbour> found;
    located.index.nearest(point, 1, within_m, [](std::uint32_t) { return true; }, found);
    return found.empty() ? std::nullopt
                         : std::optional(NearLandmark{located.rows[found.front().item], found.front().distance_m});
}

} // namespace shirube::directory
