#include "directory/seeds/seed_reading.hpp"

#include "directory/audience.hpp"
#include "directory/fold.hpp"
#include "directory/seeds/seed_area.hpp"
#include "directory/seeds/seed_lists.hpp"
#include "directory/seeds/seed_sight.hpp"
#include "directory/seeds/text_fields.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace shirube::directory {

namespace {

constexpr std::array<std::string_view, 7> k_day_codes{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr std::array<std::string_view, 7> k_day_letters{"月", "火", "水", "木", "金", "土", "日"};

std::optional<std::size_t> weekday_of(std::string_view word) {
    for (const std::string_view tail : {"曜日", "曜"}) {
        if (word.ends_with(tail)) {
            word.remove_suffix(tail.size());
        }
    }
    for (std::size_t i = 0; i < k_day_codes.size(); ++i) {
        if (word == k_day_codes.at(i) || word == k_day_letters.at(i)) {
            return i;
        }
    }
    return std::nullopt;
}

/// The first and the last of "水" or "月～金".
std::optional<std::pair<std::size_t, std::size_t>> days_of(std::string_view part) {
    for (const std::string_view dash : {"～", "〜", "-", "－"}) {
        if (const auto at = part.find(dash); at != std::string_view::npos) {
            const auto first = weekday_of(part.substr(0, at));
            const auto last = weekday_of(part.substr(at + dash.size()));
            return first && last && *first <= *last ? std::optional(std::pair(*first, *last)) : std::nullopt;
        }
    }
    const auto day = weekday_of(part);
    return day ? std::optional(std::pair(*day, *day)) : std::nullopt;
}

/// A telephone's number as it is written, and nothing that could be somebody's name.
bool is_phone(std::string_view text) {
    constexpr std::string_view k_extension = "内線";
    std::string rest(text);
    if (const auto at = rest.find(k_extension); at != std::string::npos) {
        rest.erase(at, k_extension.size());
    }
    const auto digits = std::ranges::count_if(rest, [](char c) { return c >= '0' && c <= '9'; });
    constexpr int k_fewest = 3;
    constexpr int k_most = 20;
    return digits >= k_fewest && digits <= k_most && std::ranges::all_of(rest, [](char c) {
               return std::string_view("0123456789+-() ").find(c) != std::string_view::npos;
           });
}

bool is_mail(std::string_view text) {
    const auto at = text.find('@');
    return at != std::string_view::npos && at > 0 && text.find('@', at + 1) == std::string_view::npos &&
           text.find('.', at) != std::string_view::npos && !text.ends_with('.') &&
           std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f' && c != ',' && c != ';' && c != '<'; });
}

std::optional<std::string> area_of(const Reader& reader, const std::string& owner, std::string_view text) {
    const bool is_code = (text.size() == 2 || text.size() == 5) &&
                         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    if (is_code || district_of_area(reader, text)) {
        return std::string(text);
    }
    // A name: of a municipality, or of a district of the owner's.
    const std::string name = fold(text);
    std::optional<std::string> found;
    for (const auto& district : reader.districts()) {
        const bool is_municipality = fold(district.municipality_name) == name;
        const bool is_district = owner_of(district.municipality) == owner && fold(district.name) == name;
        if (!is_municipality && !is_district) {
            continue;
        }
        std::string area = is_municipality ? owner_of(district.municipality) : district.layer + ":" + district.code;
        if (found && *found != area) {
            return std::nullopt; // two are called so
        }
        found = std::move(area);
    }
    return found;
}

class SeedOfTexts {
  public:
    SeedOfTexts(SeedKind kind, const SeedTexts& texts, const Reader& reader, const std::string& owner, Day today)
        : reading_(texts), reader_(reader), today_(today) {
        seed_.kind = kind;
        seed_.owner = owner;
    }

    std::expected<Seed, std::vector<SeedProblem>> read() {
        seed_.key = reading_.line("key");
        if (seed_.kind == SeedKind::offer) {
            seed_.organization = reading_.needed_line("organization");
            read_site();
            seed_.within_m = reading_.kilometres("within_km");
        }
        read_programmes();
        read_areas();
        read_amount();
        read_times();
        read_terms();
        read_contact();
        read_standing();
        auto problems = reading_.take_problems();
        return problems.empty() ? std::expected<Seed, std::vector<SeedProblem>>(std::move(seed_))
                                : std::unexpected(std::move(problems));
    }

  private:
    void read_programmes() {
        for (const auto& word : reading_.list("programmes")) {
            const auto programme = reader_.taxonomy().by_name(word, seed_.owner);
            if (!programme) {
                reading_.wrong("programmes", "unknown_programme", word);
                continue;
            }
            add_once(seed_.programmes, reader_.taxonomy().at(*programme).code);
        }
        if (seed_.programmes.empty() && !reading_.is_wrong("programmes")) {
            reading_.wrong("programmes", "missing");
        }
    }

    void read_site() {
        const std::string text = reading_.line("site");
        if (text.empty()) {
            return;
        }
        seed_.site = text;
        if (site_of_offer(reader_, seed_)) {
            return;
        }
        seed_.site.clear();
        const std::string name = fold(text);
        for (const std::uint32_t site : reader_.sites().indices()) {
            if (fold(reader_.sites()[site].name) != name) {
                continue;
            }
            if (!seed_.site.empty()) {
                reading_.wrong("site", "several_sites");
                return;
            }
            seed_.site = reader_.sites()[site].id;
        }
        if (seed_.site.empty()) {
            reading_.wrong("site", "unknown_site");
        }
    }

    void read_areas() {
        for (const auto& word : reading_.list("areas")) {
            auto area = area_of(reader_, seed_.owner, word);
            // A want is for districts of its own municipality; without any it is for all of it.
            if (area && seed_.kind == SeedKind::want) {
                const auto district = district_of_area(reader_, *area);
                if (!district && *area == seed_.owner) {
                    continue;
                }
                if (!district || owner_of(reader_.districts()[*district].municipality) != seed_.owner) {
                    area.reset();
                }
            }
            if (!area) {
                reading_.wrong("areas", "unknown_area", word);
                continue;
            }
            add_once(seed_.areas, *area);
        }
    }

    void read_amount() {
        const auto count = reading_.number("amount", k_most_seed_amount);
        const std::string unit_text = on_one_line(reading_.raw("unit"));
        const auto unit = parse_code<Unit>(unit_text);
        if (!unit_text.empty() && (!unit || std::ranges::find(k_seed_units, *unit) == k_seed_units.end())) {
            reading_.wrong("unit", "no_choice");
        } else if (count && !unit) {
            reading_.wrong("unit", "without_unit");
        } else if (count) {
            seed_.amount = SeedAmount{*count, *unit};
        }
    }

    void read_times() {
        seed_.from = reading_.day("from");
        const auto weekdays = parse_seed_weekdays(reading_.raw("weekdays"));
        if (!weekdays) {
            reading_.wrong("weekdays", "no_weekday");
        }
        seed_.weekdays = weekdays.value_or(0);
        seed_.nights = reading_.choice("nights", SeedNights::unknown);
        const auto age = [&](std::string_view field) {
            const auto years = reading_.number(field, k_oldest_seed_age);
            return years ? std::optional(static_cast<int>(*years)) : std::nullopt;
        };
        seed_.from_age = age("from_age");
        seed_.to_age = age("to_age");
        if (seed_.from_age && seed_.to_age && *seed_.to_age < *seed_.from_age) {
            reading_.wrong("to_age", "order");
        }
    }

    void read_terms() {
        for (const auto& word : reading_.list("contracts")) {
            const auto contract = parse_code<Contract>(word);
            if (!contract || *contract == Contract::unknown) {
                reading_.wrong("contracts", "no_choice");
            } else if (std::ranges::find(seed_.contracts, *contract) == seed_.contracts.end()) {
                seed_.contracts.push_back(*contract);
            }
        }
        std::ranges::sort(seed_.contracts);
        const auto yen = reading_.number("fee", k_most_seed_yen, "円");
        const std::string per_text = on_one_line(reading_.raw("fee_per"));
        const auto per = parse_seed_code<FeePer>(per_text);
        if (!per_text.empty() && !per) {
            reading_.wrong("fee_per", "no_choice");
        } else if (yen && !per) {
            reading_.wrong("fee_per", "without_unit");
        } else if (yen) {
            seed_.fee = SeedFee{*yen, *per};
        }
        seed_.terms = reading_.words("terms");
        seed_.note = reading_.words("note");
    }

    void read_contact() {
        seed_.contact = reading_.needed_line("contact");
        seed_.phone = reading_.line("phone");
        if (!seed_.phone.empty() && !is_phone(seed_.phone)) {
            reading_.wrong("phone", "no_phone");
        }
        seed_.mail = reading_.line("mail");
        if (!seed_.mail.empty() && !is_mail(seed_.mail)) {
            reading_.wrong("mail", "no_mail");
        }
        if (seed_.phone.empty() && seed_.mail.empty() && !reading_.is_wrong("phone") && !reading_.is_wrong("mail")) {
            reading_.wrong("phone", "missing");
        }
    }

    void read_standing() {
        seed_.source = reading_.line("source");
        seed_.as_of = reading_.day("as_of").value_or(today_);
        if (seed_.as_of > today_) {
            reading_.wrong("as_of", "ahead");
        }
        seed_.until = reading_.day("until");
        if (seed_.until && *seed_.until < seed_.as_of) {
            reading_.wrong("until", "order");
        }
        seed_.state = reading_.choice("state", SeedState::open);
        seed_.sharing = reading_.choice("sharing", SeedSharing::own);
        if (seed_.kind == SeedKind::want && seed_.sharing == SeedSharing::area) {
            reading_.wrong("sharing", "no_choice"); // its area is its own
        } else if (seed_.sharing == SeedSharing::area && seed_.areas.empty() && !reading_.is_wrong("areas")) {
            reading_.wrong("areas", "area_missing");
        }
        const auto named = class_of_named(seed_, reader_);
        if (seed_.sharing != SeedSharing::own && named != Visibility::everyone) {
            reading_.wrong("sharing", "kept_back");
        }
        seed_.kept_for = std::max(named, Visibility::staff);
    }

    static void add_once(std::vector<std::string>& list, const std::string& one) {
        if (std::ranges::find(list, one) == list.end()) {
            list.push_back(one);
        }
    }

    TextFields reading_;
    const Reader& reader_;
    Day today_;
    Seed seed_;
};

} // namespace

std::span<const SeedField> seed_fields() noexcept {
    static constexpr std::array k_fields{
        SeedField{"key", "整理番号"},
        SeedField{"organization", "運営主体", true, false},
        SeedField{"site", "場所", true, false},
        SeedField{"programmes", "事業"},
        SeedField{"areas", "区域"},
        SeedField{"within_km", "範囲km", true, false},
        SeedField{"amount", "数"},
        SeedField{"unit", "単位"},
        SeedField{"from", "開始日"},
        SeedField{"weekdays", "曜日"},
        SeedField{"nights", "夜間・宿泊"},
        SeedField{"from_age", "年齢から"},
        SeedField{"to_age", "年齢まで"},
        SeedField{"contracts", "契約"},
        SeedField{"fee", "単価（円）"},
        SeedField{"fee_per", "単価の単位"},
        SeedField{"terms", "条件"},
        SeedField{"contact", "担当"},
        SeedField{"phone", "電話"},
        SeedField{"mail", "メール"},
        SeedField{"note", "備考"},
        SeedField{"source", "出典"},
        SeedField{"as_of", "時点"},
        SeedField{"until", "有効期限"},
        SeedField{"sharing", "見せる範囲"},
        SeedField{"state", "状態"},
    };
    return k_fields;
}

std::optional<WeekdayMask> parse_seed_weekdays(std::string_view text) {
    unsigned mask = 0;
    for (const std::string& part : seed_list_of(text)) {
        const auto days = days_of(part);
        if (!days) {
            return std::nullopt;
        }
        for (auto day = days->first; day <= days->second; ++day) {
            mask |= 1U << day;
        }
    }
    return static_cast<WeekdayMask>(mask);
}

std::string seed_weekdays_text(WeekdayMask weekdays) {
    std::string text;
    for (std::size_t i = 0; i < k_day_codes.size(); ++i) {
        if ((weekdays >> i & 1U) != 0) {
            text += text.empty() ? "" : ";";
            text += k_day_letters.at(i);
        }
    }
    return text;
}

std::expected<Seed, std::vector<SeedProblem>> read_seed(SeedKind kind, const SeedTexts& texts, const Reader& reader,
                                                        const std::string& owner, Day today) {
    return SeedOfTexts(kind, texts, reader, owner, today).read();
}

} // namespace shirube::directory
