#include "tests/importers/locating_real_data.hpp"

#include "importers/files/csv.hpp"
#include "importers/files/decode.hpp"
#include "importers/locating/town_extent.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <stdexcept>

namespace shirube::tests {

namespace {

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        throw std::runtime_error("cannot open " + path.string());
    }
    return {std::istreambuf_iterator<char>(in), {}};
}

std::set<std::filesystem::path> files_in(const std::filesystem::path& folder) {
    std::set<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        files.insert(entry.path());
    }
    return files;
}

} // namespace

std::optional<std::filesystem::path> real_data() {
    const std::filesystem::path folder = SHIRUBE_REAL_DATA;
    if (!std::filesystem::exists(folder / "tokyo")) {
        std::cout << "SKIPPED: the real lists are not at " << folder.string() << "\n";
        return std::nullopt;
    }
    return folder;
}

std::vector<directory::TownReading> read_towns(const std::filesystem::path& folder) {
    std::vector<directory::TownReading> towns;
    for (const auto& file : files_in(folder)) {
        for (const auto& entry : nlohmann::json::parse(bytes_of(file))) {
            directory::TownReading town;
            town.prefecture = folder.filename().string();
            town.municipality_name = file.stem().string();
            town.town = entry.at("town");
            town.koaza = entry.at("koaza");
            if (!entry.at("lat").is_null()) {
                town.position = {.lon = entry.at("lng"), .lat = entry.at("lat")};
                towns.push_back(std::move(town));
            }
        }
    }
    importers::assign_town_extents(towns);
    return towns;
}

std::vector<importers::Table> read_cafeteria_lists(const std::filesystem::path& real_data) {
    std::vector<importers::Table> tables;
    for (const auto& file : files_in(real_data / "tokyo" / "kodomo_shokudo")) {
        if (file.extension() != ".csv" || file.stem().string().ends_with("_tsuika")) {
            continue;
        }
        const auto decoded = importers::decode(bytes_of(file));
        auto table = importers::read_table(decoded.value().text, importers::Limits{});
        table.value().file = file.filename().string();
        tables.push_back(std::move(table.value()));
    }
    return tables;
}

std::string cell(const importers::Table& table, const importers::Record& record, std::string_view column) {
    const auto found = std::ranges::find(table.header, column);
    const auto at = static_cast<std::size_t>(found - table.header.begin());
    return found == table.header.end() || at >= record.cells.size() ? std::string{} : record.cells[at];
}

} // namespace shirube::tests
