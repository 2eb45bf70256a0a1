#include "importers/files/csv.hpp"

#include <csv.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <exception>
#include <new>
#include <utility>

namespace shirube::importers {

namespace {

/// libcsv's parser and the record it is filling. libcsv is C: nothing may be thrown through it, so whatever a callback
/// cannot say is kept and looked at between two blocks.
class Tokenizer {
  public:
    Tokenizer(char delimiter, const Limits& limits, const RecordVisitor& visit) : limits_(limits), visit_(visit) {
        // Without REPALL_NL libcsv passes over blank lines and every later row is miscounted.
        if (csv_init(&parser_, CSV_REPALL_NL) != 0) {
            throw std::bad_alloc();
        }
        csv_set_delim(&parser_, static_cast<unsigned char>(delimiter));
        csv_set_space_func(&parser_, [](unsigned char) { return 0; }); // cells stay as they are
        csv_set_blk_size(&parser_, k_block);
    }
    Tokenizer(const Tokenizer&) = delete;
    Tokenizer& operator=(const Tokenizer&) = delete;
    ~Tokenizer() { csv_free(&parser_); }

    std::expected<void, FileProblem> run(std::string_view text) {
        for (std::size_t at = 0; at < text.size(); at += k_block) {
            const std::string_view block = text.substr(at, k_block);
            const std::size_t taken = csv_parse(&parser_, block.data(), block.size(), on_cell, on_row, this);
            if (auto state = check(taken == block.size()); !state || stopped_) {
                return state;
            }
        }
        // Strict at the very end alone: an open quote is a fault, a stray one inside a cell is not.
        csv_set_opts(&parser_, CSV_REPALL_NL | CSV_STRICT | CSV_STRICT_FINI);
        const bool closed = csv_fini(&parser_, on_cell, on_row, this) == 0;
        if (!closed && csv_error(&parser_) == CSV_EPARSE) {
            return std::unexpected(FileProblem{.code = "quote_unclosed", .row = row_});
        }
        return check(closed);
    }

  private:
    static constexpr std::size_t k_block = std::size_t{1} << 16U;

    std::expected<void, FileProblem> check(bool parsed) {
        if (thrown_) {
            std::rethrow_exception(std::exchange(thrown_, nullptr));
        }
        if (!problem_ && parser_.entry_pos > limits_.cell_bytes) {
            refuse("cell_too_long", limits_.cell_bytes);
        }
        if (problem_) {
            return std::unexpected(*problem_);
        }
        if (!parsed) {
            throw std::bad_alloc(); // the only other way in which libcsv stops
        }
        return {};
    }

    void refuse(std::string_view code, std::size_t limit) {
        problem_ = FileProblem{.code = std::string(code), .a = fmt::format("{}", limit), .row = row_};
    }

    static void on_cell(void* cell, std::size_t size, void* self) {
        auto& tokenizer = *static_cast<Tokenizer*>(self);
        tokenizer.after_cr_ = false;
        if (tokenizer.stopped_ || tokenizer.problem_ || tokenizer.thrown_) {
            return;
        }
        if (size > tokenizer.limits_.cell_bytes) {
            tokenizer.refuse("cell_too_long", tokenizer.limits_.cell_bytes);
        } else if (tokenizer.cells_.size() == tokenizer.limits_.columns) {
            tokenizer.refuse("too_many_columns", tokenizer.limits_.columns);
        } else {
            try {
                tokenizer.cells_.emplace_back(static_cast<const char*>(cell), size);
            } catch (...) {
                tokenizer.thrown_ = std::current_exception();
            }
        }
    }

    static void on_row(int end, void* self) {
        auto& tokenizer = *static_cast<Tokenizer*>(self);
        if (end == CSV_LF && std::exchange(tokenizer.after_cr_, false)) {
            return; // the second half of CRLF
        }
        tokenizer.after_cr_ = end == CSV_CR;
        if (tokenizer.stopped_ || tokenizer.problem_ || tokenizer.thrown_) {
            return;
        }
        try {
            Record record{.row = tokenizer.row_++, .cells = std::exchange(tokenizer.cells_, {})};
            if (record.cells.empty()) {
                record.cells.emplace_back();
            }
            tokenizer.stopped_ = tokenizer.visit_(record) == Walk::stop;
        } catch (...) {
            tokenizer.thrown_ = std::current_exception();
        }
    }

    const Limits& limits_;
    const RecordVisitor& visit_;
    csv_parser parser_{};
    std::vector<std::string> cells_;
    std::int64_t row_ = 1;
    bool after_cr_ = false;
    bool stopped_ = false;
    std::optional<FileProblem> problem_;
    std::exception_ptr thrown_;
};

/// White space that lists carry at the ends of cells.
constexpr std::array<std::string_view, 11> k_spaces{" ",
                                                    "\t",
                                                    "\r",
                                                    "\n",
                                                    "\v",
                                                    "\f",
                                                    "\xc2\xa0" /* no-break */,
                                                    "\xe3\x80\x80" /* full-width */,
                                                    "\xe2\x80\x8b" /* zero-width */,
                                                    "\xe2\x80\x83" /* em */,
                                                    "\xef\xbb\xbf" /* byte order mark */};

} // namespace

std::expected<void, FileProblem> for_each_record(std::string_view text, char delimiter, const Limits& limits,
                                                 const RecordVisitor& visit) {
    return Tokenizer(delimiter, limits, visit).run(text);
}

char delimiter_of(std::string_view text) {
    const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
    return line.find('\t') != std::string_view::npos && line.find(',') == std::string_view::npos ? '\t' : ',';
}

/// A record takes memory of its own, however few cells it has: millions of blank lines are a big table, too.
constexpr std::size_t k_least_cells_charged = 16;

std::expected<Table, FileProblem> read_table(std::string_view text, const Limits& limits) {
    // Blank lines before the header would hide the delimiter.
    const std::size_t start = text.find_first_not_of("\r\n");
    const char delimiter = delimiter_of(start == std::string_view::npos ? text : text.substr(start));
    Table table;
    std::size_t cells = 0;
    const auto walked = for_each_record(text, delimiter, limits, [&](Record& record) {
        cells += std::max(record.cells.size(), k_least_cells_charged);
        if (cells > limits.table_cells) {
            return Walk::stop;
        }
        if (!table.header.empty()) {
            table.records.push_back(std::move(record));
        } else if (!is_blank(record.cells)) {
            table.header = std::move(record.cells);
        }
        return Walk::go_on;
    });
    if (!walked) {
        return std::unexpected(walked.error());
    }
    if (cells > limits.table_cells) {
        return std::unexpected(FileProblem{.code = "table_too_big", .a = fmt::format("{}", limits.table_cells)});
    }
    if (table.header.empty()) {
        return std::unexpected(FileProblem{.code = "table_empty"});
    }
    return table;
}

bool is_blank(std::span<const std::string> cells) {
    return std::ranges::all_of(cells, [](const std::string& cell) { return trimmed(cell).empty(); });
}

std::string_view trimmed(std::string_view text) {
    for (bool cut = true; cut;) {
        cut = false;
        for (const std::string_view space : k_spaces) {
            if (text.starts_with(space)) {
                text.remove_prefix(space.size());
                cut = true;
            }
            if (text.ends_with(space)) {
                text.remove_suffix(space.size());
                cut = true;
            }
        }
    }
    return text;
}

} // namespace shirube::importers
