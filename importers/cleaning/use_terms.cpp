#include "importers/cleaning/use_terms.hpp"

#include "importers/cleaning/contacts.hpp"
#include "importers/cleaning/fees.hpp"
#include "importers/cleaning/municipality_cell.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/cleaning/weekdays.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace shirube::importers {

namespace {

using directory::Contract;
using directory::UseTerms;

constexpr std::size_t k_most_letters = 300; ///< of an entry

/// Between `from` and `text`'s end, the first place where one of `marks` stands; npos where none does.
struct Mark {
    std::size_t at = std::string_view::npos;
    std::size_t bytes = 0;
};
Mark first_of(std::string_view text, std::span<const std::string_view> marks) {
    Mark first;
    for (const std::string_view mark : marks) {
        if (const std::size_t at = text.find(mark); at < first.at) {
            first = {at, mark.size()};
        }
    }
    return first;
}

std::vector<std::string> split(std::string_view text, std::span<const std::string_view> marks) {
    std::vector<std::string> parts;
    for (;;) {
        const Mark mark = first_of(text, marks);
        if (std::string part = clean_text(text.substr(0, mark.at)).text; !part.empty()) {
            parts.push_back(std::move(part));
        }
        if (mark.at == std::string_view::npos) {
            return parts;
        }
        text.remove_prefix(mark.at + mark.bytes);
    }
}

constexpr std::array<std::string_view, 4> k_between_entries{";", "；", "\n", "\r"};
constexpr std::array<std::string_view, 2> k_between_parts{"、", "､"}; // not a comma: sums of money have them
constexpr std::array<std::string_view, 2> k_colons{":", "："};

struct Whose {
    std::string code;
    std::optional<CellProblem> doubt;
};

std::optional<Whose> municipality_of(std::string_view head, const MunicipalityByName& by_name) {
    if (const auto read = read_municipality(head); read && *read) {
        return Whose{(*read)->code, (*read)->doubt};
    }
    const std::string name = clean_text(head).text;
    if (name.empty() || name.size() > k_most_letters) {
        return std::nullopt;
    }
    if (auto code = by_name(name)) {
        return Whose{std::move(*code), std::nullopt};
    }
    return std::nullopt;
}

bool contains_any(std::string_view text, std::span<const std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

std::optional<Contract> contract_of(const std::string& part) {
    for (const std::string& form : {part, plain(part), replaced(replaced(plain(part), "(", "（"), ")", "）")}) {
        if (const auto contract = directory::parse_code<Contract>(form); contract && *contract != Contract::unknown) {
            return contract;
        }
    }
    return plain(part) == "相互利用協定" ? std::optional(Contract::mutual) : std::nullopt;
}

bool speaks_of_money(const std::string& part) {
    constexpr std::array<std::string_view, 7> k_words{"円", "無料", "有料", "実費", "料金", "利用料", "負担"};
    return contains_any(plain(part), k_words);
}

directory::WeekdayMask days_of(std::string part) {
    for (const std::string_view only : {"のみ", "だけ", "に限る"}) {
        if (part.ends_with(only)) {
            part.resize(part.size() - only.size());
        }
    }
    const auto days = parse_weekdays(part);
    return days && *days ? (*days)->weekdays : directory::WeekdayMask{0};
}

/// What stands behind the colon; nothing where it names two contracts.
std::optional<UseTerms> terms_of(std::string_view text) {
    UseTerms terms;
    terms.text = shortened(without_contacts(text), k_most_letters);
    for (const std::string& part : split(text, k_between_parts)) {
        if (const auto contract = contract_of(part)) {
            if (terms.contract != Contract::unknown && terms.contract != *contract) {
                return std::nullopt;
            }
            terms.contract = *contract;
        } else if (speaks_of_money(part)) {
            terms.fee_text += (terms.fee_text.empty() ? "" : "、") + without_contacts(part);
        } else {
            terms.weekdays = static_cast<directory::WeekdayMask>(terms.weekdays | days_of(part));
        }
    }
    terms.fee = parse_fee(terms.fee_text);
    terms.fee_text = shortened(terms.fee_text, k_most_letters);
    return terms;
}

class Cells {
  public:
    explicit Cells(const MunicipalityByName& by_name) : by_name_(by_name) {}

    /// One entry, or several with 、 between them: 99202：相互利用、99203：委託.
    void read(const std::string& entry) {
        std::string begun;
        for (const std::string& part : split(entry, k_between_parts)) {
            if (!begun.empty() && begins_with_municipality(part)) {
                read_one(begun);
                begun.clear();
            }
            begun += (begun.empty() ? "" : "、") + part;
        }
        read_one(begun);
    }

    [[nodiscard]] UseTermsCell take() { return std::move(read_); }

  private:
    [[nodiscard]] bool begins_with_municipality(std::string_view part) const {
        const Mark colon = first_of(part, k_colons);
        return colon.at != std::string_view::npos && municipality_of(part.substr(0, colon.at), by_name_);
    }

    void read_one(const std::string& entry) {
        if (entry.empty()) {
            return;
        }
        const std::string_view whole = entry;
        const Mark colon = first_of(whole, k_colons);
        const auto whose =
            colon.at == std::string_view::npos ? std::nullopt : municipality_of(whole.substr(0, colon.at), by_name_);
        const std::string said = whose ? clean_text(whole.substr(colon.at + colon.bytes)).text : std::string();
        if (!whose || said.empty()) {
            keep_text(entry, "use_terms_unreadable");
            return;
        }
        if (std::ranges::find(read_.terms, whose->code, &UseTerms::municipality) != read_.terms.end()) {
            keep_text(entry, "use_terms_repeated");
            return;
        }
        auto terms = terms_of(said);
        if (!terms) {
            keep_text(entry, "use_terms_contradict");
            return;
        }
        if (whose->doubt) {
            read_.problems.push_back(*whose->doubt);
        }
        terms->municipality = whose->code;
        read_.terms.push_back(std::move(*terms));
    }

    void keep_text(const std::string& entry, std::string_view why) {
        constexpr std::size_t k_told = 30;
        const std::string text = without_contacts(entry);
        read_.problems.push_back({why, shortened(text, k_told)});
        UseTerms terms;
        terms.text = shortened(text, k_most_letters);
        read_.terms.push_back(std::move(terms));
    }

    const MunicipalityByName& by_name_;
    UseTermsCell read_;
};

} // namespace

UseTermsCell parse_use_terms(std::string_view cell, const MunicipalityByName& by_name) {
    Cells cells(by_name);
    for (const std::string& entry : split(cell, k_between_entries)) {
        cells.read(entry);
    }
    return cells.take();
}

} // namespace shirube::importers
