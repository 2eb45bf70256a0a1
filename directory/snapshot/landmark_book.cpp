#include "directory/snapshot/landmark_book.hpp"

#include "directory/fold.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
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

using Readings = std::map<std::string, std::string, std::less<>>;

/// How towns are read, by their folded names: lists of postal codes say it, lists of stations and schools do not.
Readings readings_of_towns(const std::vector<LandmarkRow>& rows) {
    Readings readings;
    for (const auto& row : rows) {
        const LandmarkReading& landmark = row.reading;
        if (landmark.kind == LandmarkKind::postal_code && !landmark.detail.empty() && !landmark.kana.empty()) {
            readings.try_emplace(fold(landmark.detail), fold(landmark.kana));
        }
    }
    return readings;
}

/// A station or a school that is called after a town is read as it is: 南浜駅, 汐路第一小学校. Of what stands behind
/// the town only the usual words are read.
std::string reading_of(const std::string& name, const Readings& towns) {
    constexpr std::size_t k_shortest = 6; // bytes: two letters
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> k_endings{
        {{"駅", "えき"}, {"小学校", "しょうがっこう"}, {"中学校", "ちゅうがっこう"}, {"高等学校", "こうとうがっこう"}}};
    for (std::size_t length = name.size(); length >= k_shortest; --length) {
        const auto town = towns.find(std::string_view(name).substr(0, length));
        if (town == towns.end()) {
            continue;
        }
        const auto behind = std::string_view(name).substr(length);
        const auto ending = std::ranges::find(k_endings, behind, [](const auto& of) { return of.first; });
        return town->second + (ending == k_endings.end() ? std::string{} : std::string(ending->second));
    }
    return {};
}

} // namespace

LandmarkBook::LandmarkBook(std::vector<LandmarkRow> rows) : rows_(std::move(rows)) {
    std::array<std::vector<geo::LonLat>, k_kinds> points;
    const Readings towns = readings_of_towns(rows_);
    readings_.reserve(rows_.size());
    for (std::uint32_t row = 0; row < rows_.size(); ++row) {
        const LandmarkReading& landmark = rows_[row].reading;
        const bool is_code = landmark.kind == LandmarkKind::postal_code;
        const std::string name = name_key(landmark);
        std::string& reading = readings_.emplace_back(fold(landmark.kana));
        if (reading.empty() && !is_code) {
            reading = reading_of(name, towns);
        }
        text_.add({name, reading, is_code ? fold(landmark.detail) : std::string{}});
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
        const bool is_code = rows_[row].reading.kind == LandmarkKind::postal_code; // its reading is its town's
        if (whole == key || (is_station && whole == key + std::string{k_station}) ||
            (!is_code && readings_[row] == key)) {
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
