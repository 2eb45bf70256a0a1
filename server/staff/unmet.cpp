#include "server/staff/unmet.hpp"

#include "directory/unmet/told.hpp"
#include "server/api/csv_text.hpp"
#include "server/api/table_form.hpp"
#include "server/numbers.hpp"
#include "server/pages/page.hpp"
#include "server/pages/planner/planner_page.hpp"
#include "server/pages/words.hpp"
#include "server/staff/permissions.hpp"
#include "server/staff/unmet_words.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

namespace shirube::server {

namespace {

using directory::Quarter;
using directory::ToldUnmet;
using directory::UnmetCount;
using directory::UnmetQuarter;
using nlohmann::ordered_json;
using std::chrono::months;
using std::chrono::year_month;

constexpr int k_quarters_told = 4;
constexpr int k_most_quarters = 40;
constexpr int k_months_a_quarter = 3;

year_month month_now(const StaffCall& call) {
    const std::chrono::year_month_day today{call.context.now.day};
    return today.year() / today.month();
}

/// "2026-11"
std::optional<year_month> parse_month(std::string_view text) {
    const auto day = text.size() == 7 ? directory::parse_day(std::string(text) + "-01") : std::nullopt;
    if (!day) {
        return std::nullopt;
    }
    const std::chrono::year_month_day of{*day};
    return of.year() / of.month();
}

/// What the caseworkers of whoever asks have counted, and the districts it is told by.
class Counts {
  public:
    explicit Counts(const StaffCall& call)
        : reader_(call.context.reader()),
          now_(directory::quarter_of(month_now(call))),
          least_(std::max<std::int64_t>(1, call.context.loaded.least_children_told)) {
        const auto& owner = call.context.staff->owner;
        if (auto* unmet = owner.empty() ? nullptr : call.desk.unmet()) {
            counts_ = unmet->all(owner);
        }
        for (const auto& layer : reader_.layers()) {
            for (std::uint32_t i = layer.first; layer.code == k_unmet_layer && i < layer.first + layer.count; ++i) {
                const auto& district = reader_.districts()[i];
                if (directory::owner_of(district.municipality) == owner) {
                    districts_.push_back(district.code);
                }
            }
        }
        std::ranges::sort(districts_);
    }

    [[nodiscard]] UnmetQuarter told(Quarter quarter) const {
        return told_unmet(counts_, quarter, quarter == now_, districts_, least_);
    }
    /// Of which something was counted, and the one that runs; the newest first.
    [[nodiscard]] std::vector<Quarter> quarters() const {
        std::set<Quarter> all{now_};
        for (const auto& count : counts_) {
            all.insert(directory::quarter_of(count.of.month));
        }
        return {all.rbegin(), all.rend()};
    }
    [[nodiscard]] Quarter newest_counted() const {
        const auto all = quarters();
        const auto found = std::ranges::find_if(all, [this](Quarter quarter) {
            return std::ranges::any_of(
                counts_, [&](const UnmetCount& count) { return directory::quarter_of(count.of.month) == quarter; });
        });
        return found == all.end() ? now_ : *found;
    }
    [[nodiscard]] Quarter now() const noexcept { return now_; }
    [[nodiscard]] std::int64_t least() const noexcept { return least_; }
    [[nodiscard]] bool is_empty() const noexcept { return counts_.empty(); }
    [[nodiscard]] const std::vector<std::string>& districts() const noexcept { return districts_; }
    [[nodiscard]] const directory::Reader& reader() const noexcept { return reader_; }

  private:
    const directory::Reader& reader_;
    Quarter now_;
    std::int64_t least_;
    std::vector<UnmetCount> counts_;
    std::vector<std::string> districts_;
};

std::string quarter_in_words(Quarter quarter, const Texts& texts) {
    return texts.with("unmet.from_to",
                      {{"from", month_in_words(quarter.first, texts)}, {"to", month_in_words(quarter.last(), texts)}});
}

void fill_told(View cell, const ToldUnmet& told) {
    if (!told.value) {
        cell.show("WITHHELD");
    } else if (told.at_least) {
        cell.section("AT_LEAST").set("VALUE", grouped(*told.value));
    } else {
        cell.section("KNOWN").set("VALUE", grouped(*told.value));
    }
}

/// \param part templates/unmet-table.html
void fill_table(View part, const UnmetQuarter& told, const Counts& counts) {
    const Texts& texts = part.texts();
    part.words("QUARTER", quarter_in_words(told.quarter, texts));
    part.set("LEAST", counts.least());
    part.show_if(told.is_running, "RUNNING");
    if (told.needs.empty()) {
        part.show("NONE");
        return;
    }
    const auto nothing_told = [](const auto& need) { return !need.total.value; };
    if (!told.total.value && std::ranges::all_of(told.needs, nothing_told)) {
        part.show("NOTHING_TOLD");
        return;
    }
    fill_told(part.section("ALL"), told.total);
    View table = part.section("TABLE");
    for (const auto& need : told.needs) {
        table.section("NEED").words("NEED_NAME", unmet_need_name(counts.reader(), need.need, texts.language()));
    }
    for (std::size_t i = 0; i <= counts.districts().size(); ++i) {
        const bool is_told = std::ranges::any_of(told.needs, [&](const auto& need) {
            return need.total.value && need.by_district[i].value != std::optional<std::int64_t>(0);
        });
        if (!is_told) {
            continue; // nothing of it is told but zeros
        }
        View row = table.section("ROW");
        row.set("DISTRICT", i < counts.districts().size() ? unmet_district_name(counts.reader(), counts.districts()[i])
                                                          : texts.get("unmet.other_districts"));
        for (const auto& need : told.needs) {
            View cell = row.section("CELL");
            cell.words("NEED_NAME", unmet_need_name(counts.reader(), need.need, texts.language()));
            fill_told(cell, need.by_district[i]);
        }
    }
    for (const auto& need : told.needs) {
        View cell = table.section("TOTAL");
        cell.words("NEED_NAME", unmet_need_name(counts.reader(), need.need, texts.language()));
        fill_told(cell, need.total);
    }
}

void fill_bands(View body, const UnmetQuarter& told) {
    View table = body.section("BANDS");
    for (std::size_t i = 0; i < told.by_band.size(); ++i) {
        if (told.by_band[i].value == std::optional<std::int64_t>(0)) {
            continue;
        }
        View row = table.section("BAND");
        row.words("BAND_NAME", band_in_words(directory::k_unmet_bands.at(i), body.texts()));
        fill_told(row, told.by_band[i]);
    }
}

ordered_json told_json(const ToldUnmet& told) {
    return {{"value", told.value ? ordered_json(*told.value) : ordered_json(nullptr)},
            {"at_least", told.at_least},
            {"withheld", !told.value}};
}

ordered_json quarter_json(const UnmetQuarter& told, const Counts& counts, std::string_view language) {
    const Texts& texts = Texts::in(language);
    ordered_json needs = ordered_json::array();
    for (const auto& need : told.needs) {
        ordered_json districts = ordered_json::array();
        for (std::size_t i = 0; i < need.by_district.size(); ++i) {
            const bool is_known = i < counts.districts().size();
            ordered_json cell{{"district", is_known ? ordered_json(counts.districts()[i]) : ordered_json(nullptr)},
                              {"name", is_known ? unmet_district_name(counts.reader(), counts.districts()[i])
                                                : texts.get("unmet.other_districts")}};
            cell.update(told_json(need.by_district[i]));
            districts.push_back(std::move(cell));
        }
        ordered_json entry{{"need", need.need}, {"label", unmet_need_name(counts.reader(), need.need, language)}};
        entry.update(told_json(need.total));
        entry["districts"] = std::move(districts);
        needs.push_back(std::move(entry));
    }
    ordered_json bands = ordered_json::array();
    for (std::size_t i = 0; i < told.by_band.size(); ++i) {
        const auto band = directory::k_unmet_bands.at(i);
        ordered_json entry{{"band", directory::code_of(band)}, {"label", band_in_words(band, texts)}};
        entry.update(told_json(told.by_band[i]));
        bands.push_back(std::move(entry));
    }
    return {{"from", month_in_figures(told.quarter.first)},
            {"to", month_in_figures(told.quarter.last())},
            {"running", told.is_running},
            {"total", told_json(told.total)},
            {"needs", std::move(needs)},
            {"bands", std::move(bands)}};
}

/// A line a count: those of a need by district, of a need, of a band, and of all.
std::string csv_of(std::span<const UnmetQuarter> quarters, const Counts& counts, std::string_view language) {
    const Texts& texts = Texts::in(language);
    std::string out{k_csv_mark};
    add_csv_line(
        out, language == "en"
                 ? std::vector<std::string>{"from", "to", "running", "need", "need_label", "district", "district_name",
                                            "band", "band_label", "count", "at_least", "withheld"}
                 : std::vector<std::string>{"はじめの月", "おわりの月", "途中", "困りごとコード", "困りごと",
                                            "中学校区コード", "中学校区", "年齢コード", "年齢", "数", "以上", "秘匿"});
    for (const auto& told : quarters) {
        const auto line = [&](const std::array<ordered_json, 6>& of, const ToldUnmet& count) {
            add_csv_line(out, std::vector<ordered_json>{
                                  month_in_figures(told.quarter.first), month_in_figures(told.quarter.last()),
                                  int{told.is_running}, of[0], of[1], of[2], of[3], of[4], of[5],
                                  count.value ? ordered_json(*count.value) : ordered_json(nullptr), int{count.at_least},
                                  int{!count.value}});
        };
        line({}, told.total);
        for (const auto& need : told.needs) {
            const auto label = unmet_need_name(counts.reader(), need.need, language);
            line({need.need, label}, need.total);
            for (std::size_t i = 0; i < need.by_district.size(); ++i) {
                const bool is_known = i < counts.districts().size();
                line({need.need, label, is_known ? ordered_json(counts.districts()[i]) : ordered_json("-"),
                      is_known ? unmet_district_name(counts.reader(), counts.districts()[i])
                               : texts.get("unmet.other_districts")},
                     need.by_district[i]);
            }
        }
        for (std::size_t i = 0; i < told.by_band.size(); ++i) {
            const auto band = directory::k_unmet_bands.at(i);
            line({nullptr, nullptr, nullptr, nullptr, directory::code_of(band), band_in_words(band, texts)},
                 told.by_band[i]);
        }
    }
    return out;
}

Answer unkept(Answer answer) {
    answer.caching = Caching::none;
    answer.etag_basis.clear();
    return answer;
}

} // namespace

Answer unmet_page(const StaffCall& call) {
    const Counts counts(call);
    const auto asked = parse_month(call.request.parameter("from").value_or(""));
    const Quarter quarter = asked ? directory::quarter_of(*asked) : counts.newest_counted();
    Page page(call.request, call.context, "staff-unmet");
    page.style("styles/planner.css");
    page.style("styles/match.css");
    const Texts& texts = page.texts();
    page.title(texts.get("unmet.heading"));
    View& body = page.body();
    body.set("ACTION", page.links().path("/staff/unmet"));
    body.set_if_any("LANG", page.links().chosen_language());
    for (const Quarter of : counts.quarters()) {
        View option = body.section("OPTION");
        option.set("VALUE", month_in_figures(of.first));
        option.set("WORDS", quarter_in_words(of, texts));
        option.show_if(of == quarter, "CHOSEN");
    }
    const auto told = counts.told(quarter);
    fill_table(body.include("UNMET", "unmet-table.html"), told, counts);
    if (!told.needs.empty() && told.total.value) {
        fill_bands(body, told);
    }
    const Query query{{"from", month_in_figures(quarter.first)}, {"to", month_in_figures(quarter.last())}};
    body.set("JSON", address("/api/v1/staff/unmet", query));
    body.set("CSV", address("/api/v1/staff/unmet", with(query, "f", "csv")));
    page.never_keep();
    return page.finish();
}

Answer get_staff_unmet(const StaffCall& call) {
    const auto refuse = [&](const Problem& problem) { return unkept(to_answer(problem, call.context.language)); };
    if (const auto problem = unknown_parameter(call.request, {"from", "to", "f"})) {
        return refuse(*problem);
    }
    const auto form = table_form_asked(call.request);
    if (!form) {
        return refuse(form.error());
    }
    const Counts counts(call);
    Quarter last = counts.now();
    Quarter first{last.first - months{k_months_a_quarter * (k_quarters_told - 1)}};
    for (const auto& [name, into] : {std::pair{"from", &first}, std::pair{"to", &last}}) {
        if (const auto text = call.request.parameter(name)) {
            const auto month = parse_month(*text);
            if (!month) {
                return refuse({"bad_parameter", name, "A month is written 2026-11. / 月は 2026-11 の形です。"});
            }
            *into = directory::quarter_of(*month);
        }
    }
    if (!call.request.parameter("to") && last < first) {
        last = first;
    }
    if (last < first || (last.first - first.first).count() > k_months_a_quarter * k_most_quarters) {
        return refuse({"bad_parameter", "to", "From the earlier month to the later, ten years at most."});
    }
    std::vector<UnmetQuarter> quarters;
    for (Quarter at = first; at <= last; at.first += months{k_months_a_quarter}) {
        quarters.push_back(counts.told(at));
    }
    call.accounts.audit(call.actor(), directory::AuditAction::export_,
                        fmt::format("unmet {}", *form == TableForm::csv ? "csv" : "json"), call.now_s);
    if (*form == TableForm::csv) {
        return unkept(table_answer(csv_of(quarters, counts, call.context.language), *form, call.context,
                                   call.context.now.day, "unmet"));
    }
    ordered_json all = ordered_json::array();
    for (const auto& told : quarters) {
        all.push_back(quarter_json(told, counts, call.context.language));
    }
    return unkept(json_answer({{"municipality", text_or_null(call.context.staff->owner)},
                               {"layer", k_unmet_layer},
                               {"least", counts.least()},
                               {"quarters", std::move(all)}},
                              call.context));
}

Answer staff_planner_page(const StaffCall& call) {
    if (!may(call.who.account.role, Permission::plan) || call.context.staff->owner.empty()) {
        return planner_page_with(call.request, call.context, {});
    }
    return planner_page_with(call.request, call.context, [&](View body, const Links& links) {
        std::optional<Counts> read;
        try {
            read.emplace(call);
        } catch (const directory::UnmetError&) {
            return std::string("unread"); // coverage is told all the same; its own page says what is wrong
        }
        const Counts& counts = *read;
        View part = body.section("BESIDE");
        part.set("MORE", links.to("/staff/unmet"));
        const auto told = counts.told(counts.newest_counted());
        fill_table(part.include("UNMET", "unmet-table.html"), told, counts);
        return fmt::format("{}:{}", month_in_figures(told.quarter.first),
                           quarter_json(told, counts, call.context.language).dump());
    });
}

} // namespace shirube::server
