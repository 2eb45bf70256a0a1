// The commands of the command line, a function each. `language` is ja or en.
#pragma once

#include "importers/import.hpp"
#include "server/settings.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace shirube::server {

inline constexpr int k_exit_done = 0;
inline constexpr int k_exit_failed = 1;
inline constexpr int k_exit_wrong_use = 2;
inline constexpr int k_exit_some_rejected = 3;

struct ImportCommand {
    importers::ImportOptions options;
    std::filesystem::path store;
    std::filesystem::path report;  ///< empty: none is written
    std::filesystem::path rejects; ///< of rejected rows; empty: none is written
};
int run_import_command(const ImportCommand& command);

struct TemplateCommand {
    std::string name;             ///< empty: the names are listed
    std::filesystem::path output; ///< its extension says the form; empty: CSV on standard output
    std::string language;
};
int run_template_command(const TemplateCommand& command);

int run_imports_command(const std::filesystem::path& store, const std::string& language);
int run_undo_command(const std::filesystem::path& store, std::int64_t import_id, const std::string& language);
/// What the public says is wrong with services. \throws directory::ReportsError
int run_reports_command(const std::filesystem::path& store, const std::string& language);
int run_unmet_command(const std::filesystem::path& store, const std::string& language);
int run_check_command(const std::filesystem::path& store, const std::string& language);
int run_serve_command(const std::filesystem::path& store, const Settings& settings, const std::string& language);

enum class TextForm : std::uint8_t { table, json, geojson, csv, xlsx, gpkg };

struct LinksCommand {
    std::filesystem::path store;
    TextForm form = TextForm::table;
    std::filesystem::path output; ///< of the list of corrections; its extension says the form
    std::string language;
};
/// The queue of places that may be one.
int run_links_command(const LinksCommand& command);
/// What every import said of a service or a site.
int run_history_command(const std::filesystem::path& store, const std::string& id, TextForm form,
                        const std::string& language);

struct SearchCommand {
    std::filesystem::path store;
    std::vector<std::pair<std::string, std::string>> parameters; ///< as the API's
    TextForm form = TextForm::table;
    std::string language;
};
int run_search_command(const SearchCommand& command);

struct CoverageCommand {
    std::filesystem::path store;
    std::string policy; ///< an id, or a JSON file
    std::string layer;
    std::string at;
    TextForm form = TextForm::table;
    std::filesystem::path output; ///< empty: standard output
    std::string language;
};
int run_coverage_command(const CoverageCommand& command);

} // namespace shirube::server
