#include "importers/report/intake.hpp"

#include "importers/report/issue_codes.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace shirube::importers {

namespace {

constexpr std::size_t k_value_bytes = 120;

/// Cuts at a character's start, and says that it did.
std::string shortened(std::string value) {
    if (value.size() <= k_value_bytes) {
        return value;
    }
    std::size_t cut = k_value_bytes;
    while (cut > 0 && (static_cast<unsigned char>(value[cut]) & 0xc0U) == 0x80U) {
        --cut;
    }
    value.resize(cut);
    return value + "…";
}

} // namespace

std::string verbatim_cells(std::span<const std::string> cells) {
    nlohmann::json array = nlohmann::json::array();
    for (const std::string& cell : cells) {
        array.push_back(cell);
    }
    return array.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Intake::Intake(Report& report, const ImportOptions& options, const Limits& limits, const Progress& progress)
    : report_(report), options_(options), limits_(limits), progress_(progress) {}

void Intake::begin_file(const std::string& name) { begin_table(name, {}); }

void Intake::begin_table(const std::string& file, const std::string& sheet) {
    file_ = file;
    sheet_ = sheet;
}

void Intake::note(std::string_view code, Place place, std::string_view a, std::string_view b) {
    keep({.row = place.row,
          .column = std::move(place.column),
          .code = std::string(code),
          .message = issue_sentence(code, options_.language, a, b),
          .value = std::move(place.value)});
}

void Intake::keep(Issue issue) {
    ++report_.issue_counts[issue.code];
    if (report_.issues.size() < limits_.issues) {
        issue.file = file_;
        issue.sheet = sheet_;
        issue.value = shortened(std::move(issue.value));
        report_.issues.push_back(std::move(issue));
    }
}

void Intake::reject(const RejectedTable& of, RejectedRow row) {
    if (!options_.keep_rejects) {
        return;
    }
    std::vector<RejectedTable>& tables = report_.rejects;
    const bool goes_on = !tables.empty() && tables.back().list.empty() && tables.back().file == of.file &&
                         tables.back().sheet == of.sheet && tables.back().profile == of.profile;
    if (!goes_on) {
        tables.push_back(
            {.list = {}, .profile = of.profile, .file = of.file, .sheet = of.sheet, .header = of.header, .rows = {}});
    }
    tables.back().rows.push_back(std::move(row));
}

void Intake::name_rejects(std::string_view profile, std::string_view list) {
    for (RejectedTable& table : report_.rejects) {
        if (table.list.empty() && table.profile == profile) {
            table.list = list;
        }
    }
}

void Intake::step(std::string_view name, std::size_t done, std::size_t of) const {
    if (progress_) {
        progress_(name, done, of);
    }
}

} // namespace shirube::importers
