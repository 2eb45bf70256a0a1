#include "importers/files/workbook_cells.hpp"

#include "importers/files/workbook.hpp"
#include "importers/files/xml_scan.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

namespace shirube::importers {

namespace {

/// Calls `found` with each tag named `name`, whatever its prefix: where it begins and one past its end.
template <class Found>
void for_each_tag(std::string_view xml, std::string_view name, Found found) {
    for (std::size_t open = xml.find('<'); open != std::string_view::npos;) {
        const bool is_it = without_prefix(name_of_tag(xml, open)) == name;
        const std::size_t end = is_it ? end_of_tag(xml, open) : open + 1;
        if (end == std::string_view::npos) {
            return; // the reader will find what is wrong with it
        }
        if (is_it) {
            found(open, end);
        }
        open = xml.find('<', end);
    }
}

/// One past the first tag of that name before the next `until` begins or ends, walking a few tags at most: a cell that
/// never ends must not have its whole sheet read for it.
std::optional<std::size_t> end_of_inner(std::string_view xml, std::size_t from, std::string_view name,
                                        std::string_view until) {
    constexpr int k_most_tags = 64;
    std::size_t open = xml.find('<', from);
    for (int i = 0; i < k_most_tags && open != std::string_view::npos; ++i) {
        std::string_view tag = name_of_tag(xml, open);
        const bool closes = tag.starts_with('/');
        tag.remove_prefix(closes ? 1 : 0);
        if (without_prefix(tag) == until) {
            return std::nullopt;
        }
        const std::size_t end = end_of_tag(xml, open);
        if (end == std::string_view::npos || (!closes && without_prefix(tag) == name)) {
            return end == std::string_view::npos ? std::nullopt : std::optional(end);
        }
        open = xml.find('<', end);
    }
    return std::nullopt;
}

std::optional<std::size_t> whole(std::string_view text) {
    std::size_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// Whether a number format shows hundredths: a % outside of quoted words and escapes.
bool shows_percent(std::string_view code) {
    for (std::size_t i = 0; i < code.size(); ++i) {
        const std::string_view rest = code.substr(i);
        if (rest.starts_with('\\')) {
            ++i;
        } else if (rest.starts_with("&quot;") || rest.starts_with('"')) {
            const std::string_view quote = rest.starts_with('"') ? "\"" : "&quot;";
            const std::size_t close = code.find(quote, i + quote.size());
            if (close == std::string_view::npos) {
                return false;
            }
            i = close + quote.size() - 1;
        } else if (rest.starts_with('%')) {
            return true;
        }
    }
    return false;
}

/// "0.5" as "50%"; nothing where it is no number.
std::optional<std::string> as_percent(std::string_view text) {
    double value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size() || !std::isfinite(value) || std::abs(value) > 1e12) {
        return std::nullopt;
    }
    return plain_number(fmt::format("{:.15f}", value * 100)) + "%";
}

/// Text with parts of it replaced, from left to right.
class Mended {
  public:
    explicit Mended(std::string_view text) : text_(text) {}

    void replace(std::size_t begin, std::size_t end, std::string_view with) {
        mended_ += text_.substr(told_, begin - told_);
        mended_ += with;
        told_ = end;
    }

    [[nodiscard]] bool is_untouched() const noexcept { return told_ == 0; }
    std::string take() && { return std::move(mended_ += text_.substr(told_)); }

  private:
    std::string_view text_;
    std::string mended_;
    std::size_t told_ = 0;
};

constexpr std::size_t k_percent = 9; ///< numbers of the two formats that a file need not spell out
constexpr std::size_t k_percent_with_digits = 10;

} // namespace

XlsxCells read_xlsx_cells(std::string_view styles, std::string_view shared) {
    XlsxCells cells;
    std::map<std::size_t, bool> formats{{k_percent, true}, {k_percent_with_digits, true}};
    for_each_tag(styles, "numFmt", [&](std::size_t open, std::size_t end) {
        const std::string_view tag = styles.substr(open, end - open);
        const auto id = whole(attribute(tag, "numFmtId").value_or(""));
        if (id) {
            formats[*id] = shows_percent(attribute(tag, "formatCode").value_or(""));
        }
    });
    // <cellStyleXfs> holds <xf> too; cells point into <cellXfs>.
    std::optional<std::string_view> of_cells;
    for_each_tag(styles, "cellXfs", [&](std::size_t, std::size_t end) {
        if (!of_cells) { // there is one
            const std::size_t close = styles.find("cellXfs>", end);
            of_cells = styles.substr(end, close == std::string_view::npos ? close : close - end);
        }
    });
    const std::string_view xfs = of_cells.value_or("");
    for_each_tag(xfs, "xf", [&](std::size_t open, std::size_t end) {
        const auto id = whole(attribute(xfs.substr(open, end - open), "numFmtId").value_or(""));
        const auto format = formats.find(id.value_or(0));
        cells.is_percent.push_back(format != formats.end() && format->second);
    });
    for_each_tag(shared, "si", [&](std::size_t, std::size_t) { ++cells.shared_strings; });
    return cells;
}

std::expected<std::string, std::string> settle_xlsx_cells(std::string sheet, const XlsxCells& cells) {
    const std::string_view all = sheet;
    Mended mended(all);
    std::optional<std::string> dangling;
    for_each_tag(all, "c", [&](std::size_t open, std::size_t end) {
        const std::string_view tag = all.substr(open, end - open);
        if (tag.ends_with("/>")) {
            return;
        }
        const std::string_view type = attribute(tag, "t").value_or("n");
        const auto style = whole(attribute(tag, "s").value_or(""));
        const bool percent = type == "n" && style && *style < cells.is_percent.size() && cells.is_percent[*style];
        if (!percent && type != "s") {
            return;
        }
        const auto value = end_of_inner(all, end, "v", "c"); // it may stand behind a formula
        if (!value || all[*value - 2] == '/') {
            return;
        }
        const std::size_t begin = *value;
        const std::size_t stop = std::min(all.find('<', begin), all.size());
        const std::string_view text = all.substr(begin, stop - begin);
        if (percent) {
            if (const auto seen = as_percent(text)) {
                mended.replace(begin, stop, *seen);
            }
        } else if (!dangling && whole(text).value_or(cells.shared_strings) >= cells.shared_strings) {
            dangling = attribute(tag, "r").value_or("?");
        }
    });
    if (dangling) {
        return std::unexpected(*std::move(dangling));
    }
    return mended.is_untouched() ? std::move(sheet) : std::move(mended).take();
}

std::string settle_ods_cells(std::string content) {
    const std::string_view all = content;
    Mended mended(all);
    for_each_tag(all, "table-cell", [&](std::size_t open, std::size_t end) {
        const std::string_view tag = all.substr(open, end - open);
        const auto type = attribute(tag, "office:value-type");
        if (type != "percentage" || tag.ends_with("/>") || !end_of_inner(all, end, "p", "table-cell")) {
            return;
        }
        // GDAL takes office:value before the text, whatever the type.
        const auto at = [&](std::string_view part) { return static_cast<std::size_t>(part.data() - all.data()); };
        constexpr std::string_view k_value = " office:value=";
        const std::size_t value = tag.find(k_value);
        const auto hide_value = [&] {
            if (value != std::string_view::npos) {
                mended.replace(open + value, open + value + k_value.size(), " office:unseen=");
            }
        };
        const bool value_first = value != std::string_view::npos && open + value < at(*type);
        if (value_first) {
            hide_value();
        }
        mended.replace(at(*type), at(*type) + type->size(), "string");
        if (!value_first) {
            hide_value();
        }
    });
    return mended.is_untouched() ? std::move(content) : std::move(mended).take();
}

} // namespace shirube::importers
