#include "server/cli/seeds_import.hpp"

#include "directory/seeds/seed_book.hpp"
#include "directory/seeds/seed_reading.hpp"
#include "importers/files/input_file.hpp"
#include "importers/seeds/field_table.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/spoken.hpp"
#include "server/pages/texts.hpp"
#include "server/staff/seeds/asking_form.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace shirube::server {

namespace {

using directory::Asking;
using directory::Seed;
using directory::SeedKind;
using directory::SeedProblem;

struct Counts {
    std::size_t read = 0;
    std::size_t added = 0;
    std::size_t changed = 0;
    std::size_t unchanged = 0;
    std::size_t rejected = 0;
};

class Import {
  public:
    Import(const SeedsImport& asked, const directory::Reader& reader)
        : asked_(asked),
          reader_(reader),
          columns_(columns_of(asked.table)),
          texts_(Texts::in(asked.language)),
          book_(directory::SeedBook::open_or_create(directory::seeds_beside(asked.store))) {}

    int run(const importers::FieldTable& table) {
        for (const auto& row : table.rows) {
            ++counts_.read;
            if (asked_.table == SeedTable::askings) {
                take_asking(row);
            } else {
                take_seed(row);
            }
        }
        constexpr Spoken k_done{"読んだ行 {}：新しい {}、変わった {}、同じ {}、取り込めない {}\n",
                                "Rows read {}: new {}, changed {}, the same {}, rejected {}\n"};
        fmt::print(fmt::runtime(k_done.in(asked_.language)), counts_.read, counts_.added, counts_.changed,
                   counts_.unchanged, counts_.rejected);
        if (!table.surplus.empty()) {
            constexpr Spoken k_surplus{"読まなかった列：{}\n", "Columns that were not read: {}\n"};
            fmt::print(fmt::runtime(k_surplus.in(asked_.language)), fmt::join(table.surplus, ", "));
        }
        return counts_.rejected == 0 ? k_exit_done : k_exit_some_rejected;
    }

  private:
    void reject(const importers::FieldRow& row, const std::vector<SeedProblem>& problems) {
        ++counts_.rejected;
        for (const auto& problem : problems) {
            const auto column =
                std::ranges::find(columns_, std::string_view{problem.field}, &SeedColumns::value_type::first);
            constexpr Spoken k_where{"{} 行目、列 {}：{}\n", "row {}, column {}: {}\n"};
            fmt::print(stderr, fmt::runtime(k_where.in(asked_.language)), row.row,
                       column == columns_.end() ? std::string_view{problem.field} : column->second,
                       seed_problem_in_words(problem, texts_));
        }
    }

    void take_seed(const importers::FieldRow& row) {
        const auto kind = asked_.table == SeedTable::offers ? SeedKind::offer : SeedKind::want;
        const auto seed = directory::read_seed(kind, row.texts, reader_, asked_.owner, asked_.today);
        if (!seed) {
            reject(row, seed.error());
            return;
        }
        const auto kept = book_.keep(*seed);
        if (!kept) {
            reject(row, {{"key", "full"}});
            return;
        }
        ++(kept->is_new ? counts_.added : kept->is_changed ? counts_.changed : counts_.unchanged);
    }

    /// One of the owner's, by its number or its id.
    [[nodiscard]] std::optional<Seed> named(const directory::AllSeeds& all, std::string_view name,
                                            SeedKind kind) const {
        const auto found = std::ranges::find_if(all.seeds, [&](const Seed& seed) {
            return seed.owner == asked_.owner && seed.kind == kind && (seed.key == name || seed.id == name);
        });
        return name.empty() || found == all.seeds.end() ? std::nullopt : std::optional(*found);
    }

    void take_asking(const importers::FieldRow& row) {
        const auto text = [&](std::string_view field) {
            const auto found = row.texts.find(field);
            return found == row.texts.end() ? std::string{} : found->second;
        };
        const auto all = book_.all();
        const auto want = named(all, text("want"), SeedKind::want);
        const auto offer = named(all, text("offer"), SeedKind::offer);
        std::vector<SeedProblem> problems;
        if (!want) {
            problems.push_back({"want", "unknown_want"});
        }
        if (!text("offer").empty() && !offer) {
            problems.push_back({"offer", "unknown_offer"});
        }
        auto texts = row.texts;
        if (offer) {
            texts["organization"] = offer->organization;
        }
        auto asking = directory::read_asking(texts, asked_.today);
        if (!asking || !problems.empty()) {
            if (!asking) {
                problems.insert(problems.end(), asking.error().begin(), asking.error().end());
            }
            reject(row, problems);
            return;
        }
        asking->owner = asked_.owner;
        asking->want = want->id;
        asking->offer = offer ? offer->id : std::string{};
        asking->kept_for =
            std::max(directory::class_of_organization(asking->organization, reader_), directory::Visibility::staff);
        const bool is_there = std::ranges::any_of(all.askings, [&](Asking kept) {
            kept.id.clear();
            return kept == *asking;
        });
        if (is_there) {
            ++counts_.unchanged;
        } else if (book_.ask(*asking)) {
            ++counts_.added;
        } else {
            reject(row, {{"want", "full"}});
        }
    }

    const SeedsImport& asked_;
    const directory::Reader& reader_;
    SeedColumns columns_;
    const Texts& texts_;
    directory::SeedBook book_;
    Counts counts_;
};

std::vector<std::string_view> needed_columns(SeedTable table) {
    return table == SeedTable::offers  ? std::vector<std::string_view>{"運営主体", "事業", "担当"}
           : table == SeedTable::wants ? std::vector<std::string_view>{"事業", "担当"}
                                       : std::vector<std::string_view>{"ニーズ", "聞いた人", "答え"};
}

} // namespace

int import_seeds(const SeedsImport& asked, const directory::Reader& reader) {
    const auto fail = [&](const importers::FileProblem& problem) {
        const auto failure = importers::in_words(importers::in_file(problem, asked.file), asked.language);
        fmt::print(stderr, "{}\n", failure.message);
        return k_exit_failed;
    };
    const importers::Limits limits;
    const auto bytes = importers::read_file(asked.file, limits);
    if (!bytes) {
        return fail(bytes.error());
    }
    const auto table =
        importers::read_field_table(asked.file, *bytes, columns_of(asked.table), needed_columns(asked.table), limits);
    if (!table) {
        return fail(table.error());
    }
    if (!table->missing.empty()) {
        constexpr Spoken k_missing{
            "{}: 次の列がありません：{}。`shirube seeds export` が書く列を使ってください。\n",
            "{}: these columns are missing: {}. Use those that `shirube seeds export` writes.\n"};
        fmt::print(stderr, fmt::runtime(k_missing.in(asked.language)), asked.file.string(),
                   fmt::join(table->missing, ", "));
        return k_exit_failed;
    }
    return Import(asked, reader).run(*table);
}

} // namespace shirube::server
