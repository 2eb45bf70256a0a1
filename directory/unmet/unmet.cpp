#include "directory/unmet.hpp"

#include "directory/own_file/own_file.hpp"
#include "directory/store/sqlite.hpp"

#include <fmt/format.h>

#include <cassert>
#include <utility>

namespace shirube::directory {

namespace {

constexpr std::int64_t k_application_id = 0x5348554e; // "SHUN"
constexpr int k_months_a_year = 12;

std::int64_t number_of(std::chrono::year_month month) {
    return std::int64_t{int{month.year()}} * k_months_a_year + static_cast<std::int64_t>(unsigned{month.month()}) - 1;
}

std::chrono::year_month month_of(std::int64_t number) {
    return std::chrono::year{static_cast<int>(number / k_months_a_year)} /
           std::chrono::month{static_cast<unsigned>(number % k_months_a_year) + 1};
}

UnmetError error_of(const OwnFileProblem& problem, const std::filesystem::path& path) {
    const auto say = [&path](const char* code, std::string_view en, std::string_view ja) {
        return UnmetError(code, fmt::format("{}: {} / {}", path.string(), en, ja));
    };
    switch (problem.trouble) {
        case OwnFileTrouble::missing:
            return say("unmet_missing", "nothing has been counted yet.", "まだ何も数えられていません。");
        case OwnFileTrouble::not_made:
            return say("unmet_read_only", fmt::format("the file cannot be made ({}).", problem.detail),
                       "相談で見つからなかった数のファイルを作れません。フォルダーと権限を確かめてください。");
        case OwnFileTrouble::foreign:
            return say("unmet_foreign", "this is no file of unmet need. Move it away.",
                       "相談で見つからなかった数のファイルではありません。別の場所へ移してください。");
        case OwnFileTrouble::newer:
            return say("unmet_newer", "it was written by a newer shirube. Use that one.",
                       "新しい版の shirube で作られています。プログラムを新しくしてください。");
        case OwnFileTrouble::busy:
            return say("unmet_busy", "somebody else is writing to it. Try again; nothing was changed.",
                       "ほかから書き込み中です。やり直してください。変更はありません。");
        case OwnFileTrouble::full:
            return say("unmet_full", "the disk is full. Free some space; the counts are as they were.",
                       "ディスクの空きがありません。空きを作ってください。数は元のままです。");
        case OwnFileTrouble::damaged:
            return say("unmet_damaged", "the file is damaged. Restore it from a backup, or move it away.",
                       "ファイルが壊れています。控えから戻すか、別の場所へ移してください。");
        case OwnFileTrouble::read_only:
            return say("unmet_read_only",
                       "it cannot be opened or written by this user. Check the permissions of the file and its folder.",
                       "この利用者ではファイルを開けないか、書き込めません。"
                       "ファイルとフォルダーの権限を確かめてください。");
        case OwnFileTrouble::io:
        case OwnFileTrouble::other:
            break;
    }
    return {"unmet_failed", problem.detail};
}

const OwnFileKind& kind_of_unmet_file() {
    static const OwnFileKind kind{"unmet/", k_application_id,
                                  [](const OwnFileProblem& problem, const std::filesystem::path& path) {
                                      return std::make_exception_ptr(error_of(problem, path));
                                  }};
    return kind;
}

struct BandWords {
    UnmetBand band;
    std::string_view code;
    int under_years; ///< 0: of no age
};
constexpr std::array k_bands{
    BandWords{UnmetBand::years_0_2, "0_2", 3},      BandWords{UnmetBand::years_3_5, "3_5", 6},
    BandWords{UnmetBand::years_6_11, "6_11", 12},   BandWords{UnmetBand::years_12_14, "12_14", 15},
    BandWords{UnmetBand::years_15_17, "15_17", 18}, BandWords{UnmetBand::years_18_39, "18_39", 40},
    BandWords{UnmetBand::parents, "parents", 0},    BandWords{UnmetBand::unknown, "unknown", 0}};

} // namespace

std::string_view code_of(UnmetBand band) noexcept { return k_bands.at(static_cast<std::size_t>(band)).code; }

std::optional<UnmetBand> parse_unmet_band(std::string_view code) noexcept {
    for (const auto& words : k_bands) {
        if (words.code == code) {
            return words.band;
        }
    }
    return std::nullopt;
}

UnmetBand unmet_band_of(int age_months) noexcept {
    assert(age_months >= 0);
    for (const auto& words : k_bands) {
        if (age_months < words.under_years * k_months_a_year) {
            return words.band;
        }
    }
    return UnmetBand::unknown;
}

struct Unmet::Impl {
    Impl(const std::filesystem::path& of, OwnFileWanted wanted) : file(of, kind_of_unmet_file(), wanted) {}
    OwnFile file;
};

std::filesystem::path unmet_beside(const std::filesystem::path& store) { return own_file_beside(store, "unmet"); }

Unmet::Unmet(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Unmet::Unmet(Unmet&&) noexcept = default;
Unmet& Unmet::operator=(Unmet&&) noexcept = default;
Unmet::~Unmet() = default;

Unmet Unmet::open(const std::filesystem::path& path) {
    return Unmet(std::make_unique<Impl>(path, OwnFileWanted::existing));
}

Unmet Unmet::open_or_create(const std::filesystem::path& path) {
    return Unmet(std::make_unique<Impl>(path, OwnFileWanted::made_if_missing));
}

void Unmet::count(const UnmetKey& of) {
    impl_->file.written([&] {
        Statement(impl_->file.database(),
                  "INSERT INTO unmet VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1")
            .bind(of.owner, number_of(of.month), of.district, code_of(of.band), of.need)
            .run();
    });
    // The log of writes would hold one press after the other; the counters alone do not.
    impl_->file.locked([&] { impl_->file.database().run("PRAGMA wal_checkpoint(TRUNCATE)"); });
}

std::vector<UnmetCount> Unmet::all(const std::optional<std::string>& owner) const {
    return impl_->file.locked([&] {
        Statement select(impl_->file.database(), R"(SELECT owner, month, district, band, need, count FROM unmet
            WHERE ?1 IS NULL OR owner = ?1 ORDER BY owner, month, district, band, need)");
        select.bind(owner);
        std::vector<UnmetCount> counts;
        while (select.step()) {
            counts.push_back({{.owner = std::string(select.text(0)),
                               .month = month_of(select.integer(1)),
                               .district = std::string(select.text(2)),
                               .band = parse_unmet_band(select.text(3)).value_or(UnmetBand::unknown),
                               .need = std::string(select.text(4))},
                              select.integer(5)});
        }
        return counts;
    });
}

} // namespace shirube::directory
