// The coverage as a workbook, by libxlsxwriter.
#include "directory/district_layer.hpp"
#include "importers/sheets/harmless_cell.hpp"
#include "server/api/coverage_table.hpp"
#include "server/pages/figures.hpp"
#include "server/pages/words.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <array>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <utility>

namespace shirube::server {

namespace {

using directory::Tier;
using nlohmann::ordered_json;

/// A file that is memory: libxlsxwriter writes to names alone.
class MemoryFile {
  public:
    MemoryFile() : descriptor_(::memfd_create("coverage.xlsx", MFD_CLOEXEC)) {
        if (descriptor_ < 0) {
            throw std::runtime_error("There is no memory for the workbook.");
        }
    }
    ~MemoryFile() { ::close(descriptor_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    [[nodiscard]] std::string name() const { return fmt::format("/proc/self/fd/{}", descriptor_); }

    [[nodiscard]] std::string content() const {
        const off_t size = ::lseek(descriptor_, 0, SEEK_END);
        std::string bytes(static_cast<std::size_t>(size), '\0');
        std::size_t read = 0;
        while (read < bytes.size()) {
            const ssize_t got =
                ::pread(descriptor_, bytes.data() + read, bytes.size() - read, static_cast<off_t>(read));
            if (got <= 0) {
                throw std::runtime_error("The workbook could not be read back from memory.");
            }
            read += static_cast<std::size_t>(got);
        }
        return bytes;
    }

  private:
    int descriptor_;
};

struct Words {
    bool english = false;
    [[nodiscard]] const char* of(const char* ja, const char* en) const { return english ? en : ja; }
};

class Book {
  public:
    Book(const directory::Reader& reader, const directory::Coverage& coverage, std::string_view language)
        : reader_(reader), coverage_(coverage), language_(language), words_{language == "en"} {
        book_ = workbook_new(file_.name().c_str());
        if (book_ == nullptr) {
            throw std::runtime_error("The workbook could not be begun.");
        }
        // The same coverage makes the same bytes, on any day.
        lxw_doc_properties properties{};
        title_ = fmt::format("{} {}", coverage.policy->name.in(language), directory::to_string(coverage.at.day));
        properties.title = const_cast<char*>(title_.c_str());
        properties.created = 315'532'800; // 1980-01-01, the first day a zip can name
        workbook_set_properties(book_, &properties);
        bold_ = workbook_add_format(book_);
        format_set_bold(bold_);
        head_ = workbook_add_format(book_);
        format_set_bold(head_);
        format_set_text_wrap(head_);
        format_set_border(head_, LXW_BORDER_THIN);
        format_set_align(head_, LXW_ALIGN_VERTICAL_TOP);
        cell_ = workbook_add_format(book_);
        format_set_border(cell_, LXW_BORDER_THIN);
        share_ = workbook_add_format(book_);
        format_set_border(share_, LXW_BORDER_THIN);
        format_set_num_format(share_, "0.0%");
        // As pages say it: all but a few is not all, and hardly any is not none.
        for (const auto& [format, words] :
             {std::pair{&hardly_any_, "\"<0.1%\""}, std::pair{&all_but_a_few_, "\">99.9%\""}}) {
            *format = workbook_add_format(book_);
            format_set_border(*format, LXW_BORDER_THIN);
            format_set_align(*format, LXW_ALIGN_RIGHT);
            format_set_num_format(*format, words);
        }
        wrap_ = workbook_add_format(book_);
        format_set_text_wrap(wrap_);
        format_set_align(wrap_, LXW_ALIGN_VERTICAL_TOP);
    }

    std::string finish() {
        add_data();
        add_print();
        add_about();
        const auto error = workbook_close(book_);
        if (error != LXW_NO_ERROR) {
            throw std::runtime_error(fmt::format("The workbook could not be written: {}", lxw_strerror(error)));
        }
        return file_.content();
    }

  private:
    void write(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const ordered_json& value, lxw_format* format) {
        if (value.is_null()) {
            worksheet_write_blank(sheet, row, column, format);
        } else if (value.is_string()) {
            // Written as a text it is shown as it is; the apostrophe is for whoever saves the sheet as CSV.
            worksheet_write_string(sheet, row, column, importers::harmless(value.get<std::string>()).c_str(), format);
        } else {
            worksheet_write_number(sheet, row, column, value.get<double>(), format);
        }
    }

    void add_data() {
        lxw_worksheet* sheet = workbook_add_worksheet(book_, words_.of("データ", "data"));
        const auto table = coverage_table(reader_, coverage_, language_);
        for (std::size_t i = 0; i < table.header.size(); ++i) {
            worksheet_write_string(sheet, 0, static_cast<lxw_col_t>(i), table.header[i].c_str(), nullptr);
        }
        for (std::size_t row = 0; row < table.rows.size(); ++row) {
            for (std::size_t i = 0; i < table.rows[row].size(); ++i) {
                if (!table.rows[row][i].is_null()) {
                    write(sheet, static_cast<lxw_row_t>(row + 1), static_cast<lxw_col_t>(i), table.rows[row][i],
                          nullptr);
                }
            }
        }
        worksheet_freeze_panes(sheet, 1, 2);
        worksheet_set_column(sheet, 0, 0, 14, nullptr);
        worksheet_set_column(sheet, 1, 1, 22, nullptr);
    }

    /// For people: few columns, words, one page wide.
    void add_print() {
        lxw_worksheet* sheet = workbook_add_worksheet(book_, words_.of("印刷用", "print"));
        worksheet_write_string(sheet, 0, 0, title_.c_str(), bold_);
        worksheet_write_string(sheet, 1, 0, std::string{coverage_.policy->description.in(language_)}.c_str(), nullptr);
        struct PrintedColumn {
            const char* ja;
            const char* en;
            double width;
        };
        constexpr std::array<PrintedColumn, 10> columns{
            {{"番号", "No.", 6},
             {"市区町村", "Municipality", 14},
             {"区域", "District", 20},
             {"判定", "Answer", 14},
             {"箇所数（確かなもの）", "Places (sure)", 8},
             {"こどもの数", "Children", 10},
             {"行けないこども（少なくて）", "Children not reached, at least", 12},
             {"行けないこども（多くて）", "Children not reached, at most", 12},
             {"行ける割合（少なくとも）", "Share reached, at least", 10},
             {"行ける割合（多くて）", "Share reached, at most", 10}}};
        constexpr lxw_row_t first = 3;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto at = static_cast<lxw_col_t>(i);
            worksheet_set_column(sheet, at, at, columns[i].width, nullptr);
            worksheet_write_string(sheet, first, at, words_.of(columns[i].ja, columns[i].en), head_);
        }
        lxw_row_t row = first + 1;
        for (const auto& of : coverage_.districts) {
            const auto& district = reader_.districts()[of.district];
            const bool no_data = of.tier == Tier::no_data;
            const ordered_json hidden = words_.of("秘匿", "withheld");
            const auto told = [&](const auto& figure, bool is_withheld) {
                return figure ? ordered_json(*figure) : is_withheld ? hidden : ordered_json(nullptr);
            };
            const std::array<ordered_json, columns.size()> cells{
                number_of(of.district),
                district.municipality_name,
                district.name,
                label_of(of.tier).in(language_),
                no_data ? ordered_json(nullptr) : ordered_json(of.services),
                told(of.children, of.children_withheld),
                told(not_reached(of.children, of.children_covered_at_most), of.covered_withheld),
                told(not_reached(of.children, of.children_covered), of.covered_withheld),
                told(of.share_covered, of.covered_withheld),
                told(of.share_covered_at_most, of.covered_withheld)};
            for (std::size_t i = 0; i < cells.size(); ++i) {
                write(sheet, row, static_cast<lxw_col_t>(i), cells[i],
                      i + 2 >= cells.size() ? format_of_share(cells[i]) : cell_);
            }
            ++row;
        }
        const Texts& texts = Texts::in(language_);
        for (const char* const key : {"print.rounding", "figure.range_rule"}) {
            worksheet_write_string(sheet, ++row, 0, texts.get(key).c_str(), nullptr);
        }
        worksheet_repeat_rows(sheet, first, first);
        worksheet_set_paper(sheet, 9); // A4
        worksheet_fit_to_pages(sheet, 1, 0);
        worksheet_set_footer(sheet, "&P / &N");
    }

    [[nodiscard]] lxw_format* format_of_share(const ordered_json& share) const {
        constexpr double k_least_told = 0.0005;
        if (!share.is_number() || share == 0 || share == 1) {
            return share_;
        }
        const auto value = share.get<double>();
        return value < k_least_told ? hardly_any_ : value > 1 - k_least_told ? all_but_a_few_ : share_;
    }

    [[nodiscard]] ordered_json number_of(std::uint32_t district) const {
        for (const auto& area : coverage_.blank_areas) {
            if (area.district == district) {
                return area.number;
            }
        }
        return nullptr;
    }

    /// What the figures mean and where they come from.
    void add_about() {
        lxw_worksheet* sheet = workbook_add_worksheet(book_, words_.of("説明", "about"));
        worksheet_set_column(sheet, 0, 0, 22, nullptr);
        worksheet_set_column(sheet, 1, 1, 90, nullptr);
        lxw_row_t row = 0;
        const auto line = [&](const char* name, const std::string& value) {
            worksheet_write_string(sheet, row, 0, name, bold_);
            worksheet_write_string(sheet, row, 1, importers::harmless(value).c_str(), wrap_);
            ++row;
        };
        const auto& policy = *coverage_.policy;
        line(words_.of("判定基準", "Policy"), fmt::format("{} ({}, {} {})", policy.name.in(language_), policy.id,
                                                          words_.of("版", "version"), policy.version));
        line(words_.of("内容", "What it asks"), std::string{policy.description.in(language_)});
        line(words_.of("根拠", "Source"), policy.source);
        line(words_.of("区域の層", "Layer"),
             std::string{directory::label_of_layer(coverage_.layer->code).in(language_)});
        line(words_.of("基準日時", "As of"), directory::to_string(coverage_.at));
        line(words_.of("こどもの数の出どころ", "Children from"),
             words_.english ? coverage_.children_basis : basis_in_words(coverage_.children_basis, Texts::in("ja")));
        line(words_.of("データの版", "Edition"), reader_.edition());
        for (const auto index : coverage_.lists) {
            const auto& list = reader_.lists()[index];
            line(words_.of("台帳", "List"),
                 fmt::format("{} / {} / {} / {}", list.name, list.publisher, list.as_of, list.licence));
        }
        line(words_.of("空のセル", "Empty cells"),
             words_.of("わからないこと。ゼロではありません。注記に withheld とある行は、少ない人数のため伏せています。",
                       "Not known. An empty cell is not zero. Rows noted as withheld have few children, who are not "
                       "told."));
        line(words_.of("少なくとも、多くて", "At least, at most"), Texts::in(language_).get("figure.range_rule"));
        line(words_.of("端数", "Rounding"), Texts::in(language_).get("print.rounding"));
        worksheet_set_paper(sheet, 9);
        worksheet_fit_to_pages(sheet, 1, 0);
    }

    const directory::Reader& reader_;
    const directory::Coverage& coverage_;
    std::string_view language_;
    Words words_;
    MemoryFile file_;
    std::string title_;
    lxw_workbook* book_ = nullptr;
    lxw_format* bold_ = nullptr;
    lxw_format* head_ = nullptr;
    lxw_format* cell_ = nullptr;
    lxw_format* share_ = nullptr;
    lxw_format* hardly_any_ = nullptr;
    lxw_format* all_but_a_few_ = nullptr;
    lxw_format* wrap_ = nullptr;
};

} // namespace

std::string coverage_xlsx(const directory::Reader& reader, const directory::Coverage& coverage,
                          std::string_view language) {
    return Book(reader, coverage, language).finish();
}

} // namespace shirube::server
