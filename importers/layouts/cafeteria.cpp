#include "importers/layouts/cafeteria.hpp"

#include "directory/fold.hpp"
#include "importers/cleaning/contact_columns.hpp"
#include "importers/cleaning/contacts.hpp"
#include "importers/cleaning/corporate_number.hpp"
#include "importers/cleaning/fees.hpp"
#include "importers/cleaning/numbers.hpp"
#include "importers/cleaning/schedules.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/columns/row_cells.hpp"
#include "importers/lists/municipality_code.hpp"
#include "importers/locating/place.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace shirube::importers {

namespace {

using directory::Entry;
using directory::ResourceReading;
using directory::ServiceReading;

constexpr std::array<std::string_view, 49> k_columns{"全国地方公共団体コード",
                                                     "ID",
                                                     "都道府県",
                                                     "市区町村名",
                                                     "名称",
                                                     "名称_カナ",
                                                     "設置目的",
                                                     "実施支援の主な区分",
                                                     "住所",
                                                     "方書",
                                                     "緯度",
                                                     "経度",
                                                     "電話番号1",
                                                     "電話番号1_連絡先備考",
                                                     "電話番号2",
                                                     "電話番号2_連絡先備考",
                                                     "内線番号",
                                                     "FAX番号",
                                                     "URL",
                                                     "メールアドレス1",
                                                     "メールアドレス1_連絡先備考",
                                                     "メールアドレス2",
                                                     "メールアドレス2_連絡先備考",
                                                     "法人番号",
                                                     "運営団体名",
                                                     "開催頻度",
                                                     "開催曜日",
                                                     "開催日",
                                                     "開催開始時間",
                                                     "開催終了時間",
                                                     "開催日時特記事項",
                                                     "参加条件",
                                                     "参加費_幼児",
                                                     "参加費_小学生",
                                                     "参加費_中学生",
                                                     "参加費_高校生",
                                                     "参加費_大人",
                                                     "参加費特記事項",
                                                     "予約方法",
                                                     "予約特記事項",
                                                     "定員",
                                                     "フードパントリー実施",
                                                     "テイクアウト実施",
                                                     "学区",
                                                     "ネットワークの加入",
                                                     "追加情報NO",
                                                     "画像",
                                                     "画像_ライセンス",
                                                     "備考"};

constexpr std::array<std::string_view, 6> k_required{
    "全国地方公共団体コード", "名称", "住所", "開催頻度", "開催曜日", "予約方法"};

constexpr PlaceColumns k_place{.municipality_code = "全国地方公共団体コード",
                               .municipality_name = "市区町村名",
                               .address = "住所",
                               .building = "方書",
                               .latitude = "緯度",
                               .longitude = "経度"};

/// Columns as another edition of the layout names them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> k_other_names{
    {{"NO", "ID"}, {"都道府県コード又は市区町村コード", "全国地方公共団体コード"}, {"都道府県名", "都道府県"}}};

std::vector<std::string> common_names(std::span<const std::string> header) {
    std::vector<std::string> common(header.begin(), header.end());
    const auto index = index_of(header);
    for (const auto& [other, name] : k_other_names) {
        const auto place = index->find(other);
        if (place && !index->find(name)) { // both may stand beside each other
            common[*place] = name;
        }
    }
    return common;
}

bool contains(std::string_view text, std::string_view word) { return text.find(word) != std::string_view::npos; }

template <std::size_t N>
bool contains_any(std::string_view text, const std::array<std::string_view, N>& words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return contains(text, word); });
}

/// What 予約方法 and its remark say: a way to book means that one books, 予約不要 that one need not; both, or a wish
/// instead of a rule, is unknown.
Entry entry_of(std::string_view method, std::string_view remark) {
    const std::string how = plain(method);
    const std::string all = how + " " + plain(remark);
    constexpr std::array<std::string_view, 6> k_softened{"望ましい", "なくても", "場合", "相談", "登録", "問合せ"};
    constexpr std::array<std::string_view, 4> k_free{"予約不要", "予約なし", "予約は不要", "申込不要"};
    constexpr std::array<std::string_view, 12> k_booked{"要予約", "事前予約", "予約制", "申込",     "申し込", "電話",
                                                        "メール", "LINE",     "Line",   "フォーム", "SMS",    "ライン"};
    const bool is_free = contains_any(all, k_free) || how == "不要" || how == "なし" || contains(all, "会食は不要");
    const bool is_booked = contains_any(all, k_booked);
    if (contains_any(all, k_softened) || is_free == is_booked) {
        return Entry::unknown;
    }
    return is_free ? Entry::drop_in : Entry::apply;
}

/// Whether the note beside a number says that it is somebody's own.
bool is_private_number(std::string_view note) {
    constexpr std::array<std::string_view, 5> k_words{"様", "宅", "個人", "携帯", "代表者"};
    return contains_any(note, k_words);
}

class CafeteriaLayout final : public ResourceLayout {
  public:
    [[nodiscard]] std::string_view profile() const override { return "cafeteria-49"; }

    [[nodiscard]] HeaderFit fit(std::span<const std::string> header) const override {
        return fit_of(common_names(header), k_columns, k_required);
    }

    [[nodiscard]] bool is_contact(std::string_view column) const override { return is_contact_column(column); }

    [[nodiscard]] std::vector<std::string> default_programmes() const override { return {"kodomo_shokudo"}; }

    [[nodiscard]] RowOutcome read(std::span<const std::string> header, const Record& record,
                                  const LayoutContext& context) const override {
        const std::vector<std::string> names = common_names(header);
        RowCells cells(names, record, context.language, [this](std::string_view column) { return is_contact(column); });
        RowOutcome outcome;
        if (cells.is_blank()) {
            outcome.bin = Bin::blank;
            return outcome;
        }
        ResourceReading reading;
        const std::string name = cells.text("名称");
        if (name.empty()) {
            cells.note({"name_missing"}, "名称");
            outcome.bin = Bin::rejected;
            outcome.issues = cells.take_issues();
            return outcome;
        }
        // A prefecture's list has its own code in every row; the municipality is in its name.
        PlaceColumns place = k_place;
        if (parse_prefecture_code(plain(cells.raw(place.municipality_code)))) {
            place.municipality_code = {};
        }
        reading.site = read_place(cells, place, context);
        reading.site.official_name = name;
        reading.site.kana = cells.text("名称_カナ");
        reading.organization = read_organization(cells);
        reading.services.push_back(read_cafeteria(cells));
        if (plain(cells.text("フードパントリー実施")) == "1") {
            reading.services.push_back(pantry_beside(reading.services.front()));
        }
        outcome.key = key_of(cells, reading);
        outcome.id = plain(cells.text("ID"));
        outcome.further = numbers_in(plain(cells.text("追加情報NO")));
        outcome.bin = cells.has_issues() ? Bin::flagged : Bin::accepted;
        outcome.reading = std::move(reading);
        outcome.issues = cells.take_issues();
        for (Issue& issue : outcome.issues) {
            const auto column = std::ranges::find(names, issue.column);
            if (!issue.column.empty() && column != names.end()) {
                issue.column = header[static_cast<std::size_t>(column - names.begin())];
            }
        }
        return outcome;
    }

  private:
    /// "1", "1,2", "1；2".
    static std::vector<std::string> numbers_in(std::string_view text) {
        std::vector<std::string> numbers;
        while (!text.empty()) {
            const std::size_t end = text.find_first_of(",;/ ");
            if (end != 0) {
                numbers.emplace_back(text.substr(0, end));
            }
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        }
        return numbers;
    }

    static directory::OrganizationReading read_organization(RowCells& cells) {
        directory::OrganizationReading organization;
        organization.name = cells.text("運営団体名");
        organization.corporate_number =
            cells.take(parse_corporate_number(cells.raw("法人番号")), "法人番号").value_or("");
        return organization;
    }

    static ServiceReading read_cafeteria(RowCells& cells) {
        ServiceReading service;
        service.programme = "kodomo_shokudo";
        service.certainty = directory::Certainty::confirmed; // the municipality's list says it
        service.for_whom_text = cells.free_text("参加条件");
        const std::string method = cells.free_text("予約方法");
        const std::string remark = cells.free_text("予約特記事項");
        service.entry = entry_of(method, remark);
        service.entry_text = remark.empty() ? method : method.empty() ? remark : method + "（" + remark + "）";
        read_fee(cells, service);
        service.capacity = cells.take(parse_count(cells.raw("定員")), "定員");
        if (!is_private_number(cells.raw("電話番号1_連絡先備考"))) {
            service.phone = cells.take(parse_published_phone(cells.raw("電話番号1")), "電話番号1").value_or("");
        }
        service.url = cells.take(parse_url(cells.raw("URL")), "URL").value_or("");
        service.note = cells.free_text("備考");
        if (service.note.starts_with("現在休止中") || service.note.starts_with("休止中")) {
            service.status = directory::Status::suspended;
        }
        if (plain(cells.text("テイクアウト実施")) == "1") {
            service.note += service.note.empty() ? "テイクアウトあり" : "　テイクアウトあり";
        }
        read_schedule(cells, service);
        return service;
    }

    static void read_fee(RowCells& cells, ServiceReading& service) {
        const std::array<VisitorFee, 5> fees{{{"幼児", cells.raw("参加費_幼児"), true},
                                              {"小学生", cells.raw("参加費_小学生"), true},
                                              {"中学生", cells.raw("参加費_中学生"), true},
                                              {"高校生", cells.raw("参加費_高校生"), true},
                                              {"大人", cells.raw("参加費_大人"), false}}};
        const std::string remark = cells.free_text("参加費特記事項");
        service.fee = fee_for_children(fees, remark);
        service.fee_text = fee_in_words(fees, remark);
    }

    static void read_schedule(RowCells& cells, ServiceReading& service) {
        const ScheduleCells schedule{.frequency = cells.raw("開催頻度"),
                                     .weekdays = cells.raw("開催曜日"),
                                     .days = cells.raw("開催日"),
                                     .from = cells.raw("開催開始時間"),
                                     .to = cells.raw("開催終了時間"),
                                     .remark = cells.raw("開催日時特記事項"),
                                     .subject = ProseSubject::cafeteria};
        ScheduleReading read = read_schedules(schedule);
        service.schedules = std::move(read.schedules);
        note_schedule_problems(cells, read.problems);
    }

    /// A pantry at the cafeteria's place: when and how it gives out food is not said.
    static ServiceReading pantry_beside(const ServiceReading& cafeteria) {
        ServiceReading pantry;
        pantry.programme = "food_pantry";
        pantry.certainty = cafeteria.certainty;
        pantry.phone = cafeteria.phone;
        pantry.url = cafeteria.url;
        return pantry;
    }

    /// IDs are counted from one in every municipality's file.
    static std::string key_of(RowCells& cells, const ResourceReading& reading) {
        const std::string id = plain(cells.text("ID"));
        const std::string identity =
            id.empty() ? directory::fold(reading.site.official_name) + "|" + directory::fold_address(cells.text("住所"))
                       : id;
        const std::string municipality = plain(cells.text("全国地方公共団体コード"));
        return municipality.substr(0, 5) + ":" + identity;
    }
};

} // namespace

std::unique_ptr<ResourceLayout> make_cafeteria_layout() { return std::make_unique<CafeteriaLayout>(); }

} // namespace shirube::importers
