#include "importers/gazetteer/gazetteer.hpp"

#include "importers/files/archive.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/decode.hpp"
#include "importers/files/input_file.hpp"
#include "importers/gazetteer/address_base.hpp"
#include "importers/gazetteer/gazetteer_files.hpp"
#include "importers/gazetteer/gazetteer_table.hpp"
#include "importers/gazetteer/geolonia.hpp"
#include "importers/gazetteer/position_reference.hpp"
#include "importers/report/explanation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

namespace shirube::importers {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_geolonia = "geolonia";
constexpr std::array<std::string_view, 5> k_profiles{k_geolonia, "isj-town", "isj-block", "abr-town", "abr-block"};

/// All files of one import.
class GazetteerFiles {
  public:
    explicit GazetteerFiles(Intake& intake)
        : intake_(intake), geolonia_(intake), position_reference_(intake), address_base_(intake) {}

    std::expected<void, FileProblem> read(const fs::path& path) {
        const std::string shown = path.string();
        intake_.begin_file(shown);
        const auto bytes = read_file(path, intake_.limits());
        if (!bytes) {
            return std::unexpected(bytes.error());
        }
        digests_.push_back({.name = shown, .sha256 = digest_of(*bytes)});
        auto read = read_content(path, *bytes, Depth::outermost, intake_.limits());
        if (!read && read.error().file.empty()) {
            return std::unexpected(in_file(std::move(read.error()), intake_.file()));
        }
        return read;
    }

    std::expected<GazetteerInput, FileProblem> take() {
        GazetteerInput input;
        // One code cannot be that of many municipalities.
        const auto& municipality = intake_.options().municipality;
        input.lists = geolonia_.take(digests_.size() == 1 ? municipality : std::string());
        const auto add = [&](std::vector<directory::BatchList> lists) {
            std::ranges::move(lists, std::back_inserter(input.lists));
        };
        add(position_reference_.take());
        auto of_registry = address_base_.take();
        if (!of_registry) {
            return std::unexpected(std::move(of_registry.error()));
        }
        add(std::move(*of_registry));
        input.files = std::move(digests_);
        return input;
    }

  private:
    /// Some of the registry's archives hold an archive a prefecture.
    enum class Depth : std::uint8_t { outermost, in_archive };

    std::expected<void, FileProblem> read_content(const fs::path& path, std::string_view bytes, Depth depth,
                                                  const Limits& limits) {
        switch (content_kind_of(bytes)) {
            case ContentKind::json:
                return read_json(path, bytes);
            case ContentKind::archive:
                return read_members(path, bytes, depth, limits);
            case ContentKind::text:
                return read_text(bytes);
            case ContentKind::workbook:
                return std::unexpected(FileProblem{.code = "content_wrong_kind", .a = "XLSX / ODS"});
            case ContentKind::shapefile:
            case ContentKind::database:
                return std::unexpected(FileProblem{.code = "content_wrong_kind", .a = "SQLite / Shapefile"});
            case ContentKind::pdf:
                return std::unexpected(FileProblem{.code = "content_wrong_kind", .a = "PDF"});
        }
        return {};
    }

    std::expected<void, FileProblem> read_json(const fs::path& path, std::string_view bytes) {
        const std::string& profile = intake_.options().profile;
        if (!profile.empty() && profile != k_geolonia) {
            return std::unexpected(FileProblem{.code = "content_wrong_kind", .a = "JSON"});
        }
        auto& profiles = intake_.report().profiles;
        if (std::ranges::find(profiles, k_geolonia) == profiles.end()) {
            profiles.emplace_back(k_geolonia);
        }
        return geolonia_.read(path, bytes);
    }

    /// \param limits of what all archives of the file together may unpack to
    std::expected<void, FileProblem> read_members(const fs::path& path, std::string_view bytes, Depth depth,
                                                  const Limits& limits) {
        const auto members =
            read_archive(bytes, limits, depth == Depth::outermost ? is_gazetteer_member : is_gazetteer_text);
        if (!members) {
            return std::unexpected(members.error());
        }
        if (members->empty()) {
            return std::unexpected(FileProblem{.code = "archive_without_table"});
        }
        Limits left = limits;
        for (const ArchiveMember& member : *members) {
            left.file_bytes -= std::min(left.file_bytes, member.bytes.size());
        }
        for (const ArchiveMember& member : *members) {
            intake_.begin_file(fmt::format("{}/{}", path.string(), member.name));
            auto read = read_content(path / member.name, member.bytes, Depth::in_archive, left);
            if (!read) {
                return std::unexpected(in_file(std::move(read.error()), intake_.file()));
            }
        }
        return {};
    }

    std::expected<void, FileProblem> read_text(std::string_view bytes) {
        const auto decoded = decode(bytes);
        if (!decoded) {
            return std::unexpected(decoded.error());
        }
        std::optional<GazetteerTable> table;
        std::optional<Explanation> explanation;
        const auto begin = [&](std::vector<std::string> header) -> std::expected<void, FileProblem> {
            auto known = GazetteerTable::recognise(std::move(header), intake_.options().profile);
            if (!known) {
                return std::unexpected(std::move(known.error()));
            }
            table = std::move(*known);
            const std::string profile(table->profile());
            auto& profiles = intake_.report().profiles;
            if (std::ranges::find(profiles, profile) == profiles.end()) {
                profiles.push_back(profile);
            }
            intake_.remember_columns(intake_.file(), intake_.sheet(), table->header());
            if (intake_.options().explain) {
                explanation.emplace(table->header(), table->understood(), Explanation::IsContact{});
            }
            return {};
        };
        auto walked = for_each_row(decoded->text, intake_.limits(), begin, [&](const Record& record) {
            if (is_blank(record.cells)) {
                intake_.count(Bin::blank);
                return;
            }
            if (explanation) {
                explanation->see(record.cells);
            }
            const bool of_ministry = table->kind() == TableKind::isj_town || table->kind() == TableKind::isj_block;
            if (of_ministry) {
                position_reference_.read(*table, record);
            } else {
                address_base_.read(*table, record);
            }
        });
        if (explanation) {
            std::move(*explanation).tell(intake_);
        }
        return walked;
    }

    Intake& intake_;
    Geolonia geolonia_;
    PositionReference position_reference_;
    AddressBase address_base_;
    std::vector<FileDigest> digests_;
};

} // namespace

std::expected<GazetteerInput, FileProblem> read_gazetteer(std::span<const fs::path> paths, Intake& intake) {
    const std::string& profile = intake.options().profile;
    if (!profile.empty() && std::ranges::find(k_profiles, profile) == k_profiles.end()) {
        return std::unexpected(wrong_use("profile_unknown", profile, fmt::format("{}", fmt::join(k_profiles, ", "))));
    }
    std::vector<fs::path> files;
    for (const fs::path& path : paths) {
        auto of_path = gazetteer_files(path);
        if (!of_path) {
            return std::unexpected(std::move(of_path.error()));
        }
        std::ranges::move(*of_path, std::back_inserter(files));
    }
    GazetteerFiles all(intake);
    for (std::size_t i = 0; i < files.size(); ++i) {
        intake.step("files", i, files.size());
        if (auto read = all.read(files[i]); !read) {
            return std::unexpected(std::move(read.error()));
        }
    }
    return all.take();
}

} // namespace shirube::importers
