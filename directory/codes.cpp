#include "directory/codes.hpp"

#include <array>
#include <span>

namespace shirube::directory {

namespace {

template <class T>
struct CodeRow {
    T value;
    std::string_view code;
    std::string_view label;
};

template <class T>
struct CodeList;

template <>
struct CodeList<Entry> {
    static constexpr std::array rows{CodeRow<Entry>{Entry::unknown, "unknown", "不明"},
                                     CodeRow<Entry>{Entry::drop_in, "drop_in", "立ち寄り"},
                                     CodeRow<Entry>{Entry::register_first, "register", "登録"},
                                     CodeRow<Entry>{Entry::apply, "apply", "申込"},
                                     CodeRow<Entry>{Entry::referral, "referral", "紹介"},
                                     CodeRow<Entry>{Entry::municipal_decision, "municipal_decision", "市町村の決定"}};
};
template <>
struct CodeList<Transport> {
    static constexpr std::array rows{CodeRow<Transport>{Transport::unknown, "unknown", "不明"},
                                     CodeRow<Transport>{Transport::none, "none", "なし"},
                                     CodeRow<Transport>{Transport::guardian, "guardian", "保護者"},
                                     CodeRow<Transport>{Transport::provider, "provider", "事業者"},
                                     CodeRow<Transport>{Transport::municipality, "municipality", "市職員"},
                                     CodeRow<Transport>{Transport::coordinator, "coordinator", "調整機関"}};
};
template <>
struct CodeList<Status> {
    static constexpr std::array rows{
        CodeRow<Status>{Status::active, "active", "実施中"}, CodeRow<Status>{Status::planned, "planned", "予定"},
        CodeRow<Status>{Status::pilot, "pilot", "試行"}, CodeRow<Status>{Status::suspended, "suspended", "休止"},
        CodeRow<Status>{Status::closed, "closed", "廃止"}};
};
template <>
struct CodeList<Certainty> {
    static constexpr std::array rows{CodeRow<Certainty>{Certainty::confirmed, "confirmed", "確認済"},
                                     CodeRow<Certainty>{Certainty::reported, "reported", "未確認"},
                                     CodeRow<Certainty>{Certainty::stale, "stale", "要確認"}};
};
template <>
struct CodeList<Contract> {
    static constexpr std::array rows{
        CodeRow<Contract>{Contract::unknown, "unknown", "不明"},
        CodeRow<Contract>{Contract::direct, "direct", "直営"},
        CodeRow<Contract>{Contract::direct_instructor, "direct_instructor", "直営（講師派遣）"},
        CodeRow<Contract>{Contract::entrusted, "entrusted", "委託"},
        CodeRow<Contract>{Contract::partly_entrusted, "partly_entrusted", "一部委託"},
        CodeRow<Contract>{Contract::registered, "registered", "登録事業者"},
        CodeRow<Contract>{Contract::designated_manager, "designated_manager", "指定管理"},
        CodeRow<Contract>{Contract::individual, "individual", "個人契約"},
        CodeRow<Contract>{Contract::mutual, "mutual", "相互利用"},
        CodeRow<Contract>{Contract::subsidised, "subsidised", "補助"},
        CodeRow<Contract>{Contract::independent, "independent", "独自"}};
};
template <>
struct CodeList<PositionQuality> {
    static constexpr std::array rows{
        CodeRow<PositionQuality>{PositionQuality::exact, "exact", "地点"},
        CodeRow<PositionQuality>{PositionQuality::block, "block", "街区"},
        CodeRow<PositionQuality>{PositionQuality::town, "town", "町丁目"},
        CodeRow<PositionQuality>{PositionQuality::municipality, "municipality", "市区町村"},
        CodeRow<PositionQuality>{PositionQuality::withheld, "withheld", "非公開"},
        CodeRow<PositionQuality>{PositionQuality::none, "none", "位置なし"}};
};
template <>
struct CodeList<Visibility> {
    static constexpr std::array rows{CodeRow<Visibility>{Visibility::everyone, "public", "公開"},
                                     CodeRow<Visibility>{Visibility::staff, "staff", "職員"},
                                     CodeRow<Visibility>{Visibility::coordinator, "coordinator", "調整機関"}};
};
template <>
struct CodeList<Fee> {
    static constexpr std::array rows{CodeRow<Fee>{Fee::unknown, "unknown", "不明"},
                                     CodeRow<Fee>{Fee::free, "free", "無料"}, CodeRow<Fee>{Fee::paid, "paid", "有料"}};
};
template <>
struct CodeList<DistrictStatus> {
    static constexpr std::array rows{CodeRow<DistrictStatus>{DistrictStatus::active, "active", "現存"},
                                     CodeRow<DistrictStatus>{DistrictStatus::suspended, "suspended", "休校"}};
};
template <>
struct CodeList<LandmarkKind> {
    static constexpr std::array rows{CodeRow<LandmarkKind>{LandmarkKind::station, "station", "駅"},
                                     CodeRow<LandmarkKind>{LandmarkKind::school, "school", "学校"},
                                     CodeRow<LandmarkKind>{LandmarkKind::facility, "facility", "施設"},
                                     CodeRow<LandmarkKind>{LandmarkKind::postal_code, "postal_code", "郵便番号"}};
};
template <>
struct CodeList<Feature> {
    static constexpr std::array rows{CodeRow<Feature>{Feature::parking, "parking", "駐車場"},
                                     CodeRow<Feature>{Feature::stroller, "stroller", "ベビーカー"},
                                     CodeRow<Feature>{Feature::private_room, "private_room", "個室"},
                                     CodeRow<Feature>{Feature::step_free, "step_free", "段差なし"},
                                     CodeRow<Feature>{Feature::online, "online", "オンライン"},
                                     CodeRow<Feature>{Feature::visiting, "visiting", "訪問"},
                                     CodeRow<Feature>{Feature::line, "line", "LINE"},
                                     CodeRow<Feature>{Feature::web_form, "web_form", "ウェブ受付"}};
};
template <>
struct CodeList<ForWhom> {
    static constexpr std::array rows{CodeRow<ForWhom>{ForWhom::expecting, "expecting", "妊婦"},
                                     CodeRow<ForWhom>{ForWhom::parents, "parents", "保護者"},
                                     CodeRow<ForWhom>{ForWhom::young_carer, "young_carer", "ヤングケアラー"},
                                     CodeRow<ForWhom>{ForWhom::foreign_roots, "foreign_roots", "外国につながる子"},
                                     CodeRow<ForWhom>{ForWhom::disability, "disability", "障害のある子"}};
};
template <>
struct CodeList<Unit> {
    static constexpr std::array rows{CodeRow<Unit>{Unit::persons, "persons", "人"},
                                     CodeRow<Unit>{Unit::households, "households", "世帯"},
                                     CodeRow<Unit>{Unit::cumulative_persons, "cumulative_persons", "延べ人数"},
                                     CodeRow<Unit>{Unit::person_days, "person_days", "人日"},
                                     CodeRow<Unit>{Unit::nights, "nights", "泊"},
                                     CodeRow<Unit>{Unit::sessions, "sessions", "回"},
                                     CodeRow<Unit>{Unit::hours, "hours", "時間"},
                                     CodeRow<Unit>{Unit::cases, "cases", "件"},
                                     CodeRow<Unit>{Unit::percent, "percent", "％"}};
};
template <>
struct CodeList<RelationKind> {
    static constexpr std::array rows{CodeRow<RelationKind>{RelationKind::entrusts, "entrusts", "委託"},
                                     CodeRow<RelationKind>{RelationKind::refers, "refers", "紹介"},
                                     CodeRow<RelationKind>{RelationKind::member_of, "member_of", "構成員"},
                                     CodeRow<RelationKind>{RelationKind::coordinates, "coordinates", "調整"},
                                     CodeRow<RelationKind>{RelationKind::shares, "shares", "相互利用"},
                                     CodeRow<RelationKind>{RelationKind::succeeds, "succeeds", "承継"},
                                     CodeRow<RelationKind>{RelationKind::hosts, "hosts", "場所の提供"}};
};
template <>
struct CodeList<ForumKind> {
    static constexpr std::array rows{
        CodeRow<ForumKind>{ForumKind::protection_council, "protection_council", "要保護児童対策地域協議会"},
        CodeRow<ForumKind>{ForumKind::round_table, "round_table", "連絡会"},
        CodeRow<ForumKind>{ForumKind::area_conference, "area_conference", "地区会議"},
        CodeRow<ForumKind>{ForumKind::network, "network", "ネットワーク"},
        CodeRow<ForumKind>{ForumKind::other, "other", "その他"}};
};
template <>
struct CodeList<PartyKind> {
    static constexpr std::array rows{CodeRow<PartyKind>{PartyKind::organization, "organization", "団体"},
                                     CodeRow<PartyKind>{PartyKind::site, "site", "場所"},
                                     CodeRow<PartyKind>{PartyKind::forum, "forum", "会議体"},
                                     CodeRow<PartyKind>{PartyKind::district, "district", "区域"},
                                     CodeRow<PartyKind>{PartyKind::municipality, "municipality", "市町村"}};
};
template <>
struct CodeList<Decider> {
    static constexpr std::array rows{CodeRow<Decider>{Decider::coordinator, "coordinator", "資源コーディネーター"},
                                     CodeRow<Decider>{Decider::department, "department", "市区町村の担当課"},
                                     CodeRow<Decider>{Decider::centre, "centre", "こども家庭センター"},
                                     CodeRow<Decider>{Decider::council, "council", "社会福祉協議会"},
                                     CodeRow<Decider>{Decider::provider, "provider", "運営主体からの連絡"},
                                     CodeRow<Decider>{Decider::visitor, "visitor", "利用者からの連絡"},
                                     CodeRow<Decider>{Decider::other, "other", "その他"}};
};
template <>
struct CodeList<CorrectedField> {
    static constexpr std::array rows{
        CodeRow<CorrectedField>{CorrectedField::name, "name", "名称"},
        CodeRow<CorrectedField>{CorrectedField::kana, "kana", "名称_カナ"},
        CodeRow<CorrectedField>{CorrectedField::public_name, "public_name", "公開名称"},
        CodeRow<CorrectedField>{CorrectedField::address, "address", "住所"},
        CodeRow<CorrectedField>{CorrectedField::building, "building", "方書"},
        CodeRow<CorrectedField>{CorrectedField::position, "position", "位置"},
        CodeRow<CorrectedField>{CorrectedField::ages, "ages", "対象年齢"},
        CodeRow<CorrectedField>{CorrectedField::for_whom, "for_whom", "対象"},
        CodeRow<CorrectedField>{CorrectedField::entry, "entry", "利用方法"},
        CodeRow<CorrectedField>{CorrectedField::fee, "fee", "料金"},
        CodeRow<CorrectedField>{CorrectedField::transport, "transport", "送迎"},
        CodeRow<CorrectedField>{CorrectedField::capacity, "capacity", "定員"},
        CodeRow<CorrectedField>{CorrectedField::contract, "contract", "契約"},
        CodeRow<CorrectedField>{CorrectedField::department, "department", "所管課"},
        CodeRow<CorrectedField>{CorrectedField::status, "status", "状態"},
        CodeRow<CorrectedField>{CorrectedField::certainty, "certainty", "確度"},
        CodeRow<CorrectedField>{CorrectedField::schedules, "schedules", "開催"},
        CodeRow<CorrectedField>{CorrectedField::features, "features", "特徴"},
        CodeRow<CorrectedField>{CorrectedField::serves, "serves", "対象区域"},
        CodeRow<CorrectedField>{CorrectedField::usable_by, "usable_by", "利用可能住民"},
        CodeRow<CorrectedField>{CorrectedField::phone, "phone", "電話番号"},
        CodeRow<CorrectedField>{CorrectedField::url, "url", "URL"},
        CodeRow<CorrectedField>{CorrectedField::note, "note", "備考"},
        CodeRow<CorrectedField>{CorrectedField::valid_from, "valid_from", "開始年月日"},
        CodeRow<CorrectedField>{CorrectedField::valid_to, "valid_to", "終了年月日"},
        CodeRow<CorrectedField>{CorrectedField::last_confirmed_on, "last_confirmed_on", "最終確認日"}};
};

template <class T>
const CodeRow<T>& row_of(T value) noexcept {
    for (const auto& row : CodeList<T>::rows) {
        if (row.value == value) {
            return row;
        }
    }
    return CodeList<T>::rows.front();
}

} // namespace

std::string_view code_of(Entry v) noexcept { return row_of(v).code; }
std::string_view code_of(Transport v) noexcept { return row_of(v).code; }
std::string_view code_of(Status v) noexcept { return row_of(v).code; }
std::string_view code_of(Certainty v) noexcept { return row_of(v).code; }
std::string_view code_of(Contract v) noexcept { return row_of(v).code; }
std::string_view code_of(PositionQuality v) noexcept { return row_of(v).code; }
std::string_view code_of(Visibility v) noexcept { return row_of(v).code; }
std::string_view code_of(Fee v) noexcept { return row_of(v).code; }
std::string_view code_of(DistrictStatus v) noexcept { return row_of(v).code; }
std::string_view code_of(Feature v) noexcept { return row_of(v).code; }
std::string_view code_of(ForWhom v) noexcept { return row_of(v).code; }
std::string_view code_of(LandmarkKind v) noexcept { return row_of(v).code; }
std::string_view code_of(Unit v) noexcept { return row_of(v).code; }
std::string_view code_of(RelationKind v) noexcept { return row_of(v).code; }
std::string_view code_of(ForumKind v) noexcept { return row_of(v).code; }
std::string_view code_of(PartyKind v) noexcept { return row_of(v).code; }
std::string_view code_of(Decider v) noexcept { return row_of(v).code; }
std::string_view code_of(CorrectedField v) noexcept { return row_of(v).code; }

std::string_view label_of(Entry v) noexcept { return row_of(v).label; }
std::string_view label_of(Transport v) noexcept { return row_of(v).label; }
std::string_view label_of(Status v) noexcept { return row_of(v).label; }
std::string_view label_of(Certainty v) noexcept { return row_of(v).label; }
std::string_view label_of(Contract v) noexcept { return row_of(v).label; }
std::string_view label_of(Feature v) noexcept { return row_of(v).label; }
std::string_view label_of(ForWhom v) noexcept { return row_of(v).label; }
std::string_view label_of(LandmarkKind v) noexcept { return row_of(v).label; }
std::string_view label_of(Unit v) noexcept { return row_of(v).label; }
std::string_view label_of(RelationKind v) noexcept { return row_of(v).label; }
std::string_view label_of(ForumKind v) noexcept { return row_of(v).label; }
std::string_view label_of(PartyKind v) noexcept { return row_of(v).label; }
std::string_view label_of(Decider v) noexcept { return row_of(v).label; }
std::string_view label_of(Visibility v) noexcept { return row_of(v).label; }
std::string_view label_of(CorrectedField v) noexcept { return row_of(v).label; }

template <class T>
std::optional<T> parse_code(std::string_view text) noexcept {
    for (const auto& row : CodeList<T>::rows) {
        if (row.code == text || row.label == text) {
            return row.value;
        }
    }
    return std::nullopt;
}

template std::optional<Entry> parse_code<Entry>(std::string_view) noexcept;
template std::optional<Transport> parse_code<Transport>(std::string_view) noexcept;
template std::optional<Status> parse_code<Status>(std::string_view) noexcept;
template std::optional<Certainty> parse_code<Certainty>(std::string_view) noexcept;
template std::optional<Contract> parse_code<Contract>(std::string_view) noexcept;
template std::optional<PositionQuality> parse_code<PositionQuality>(std::string_view) noexcept;
template std::optional<Visibility> parse_code<Visibility>(std::string_view) noexcept;
template std::optional<Fee> parse_code<Fee>(std::string_view) noexcept;
template std::optional<DistrictStatus> parse_code<DistrictStatus>(std::string_view) noexcept;
template std::optional<Feature> parse_code<Feature>(std::string_view) noexcept;
template std::optional<ForWhom> parse_code<ForWhom>(std::string_view) noexcept;
template std::optional<LandmarkKind> parse_code<LandmarkKind>(std::string_view) noexcept;
template std::optional<Unit> parse_code<Unit>(std::string_view) noexcept;
template std::optional<RelationKind> parse_code<RelationKind>(std::string_view) noexcept;
template std::optional<ForumKind> parse_code<ForumKind>(std::string_view) noexcept;
template std::optional<PartyKind> parse_code<PartyKind>(std::string_view) noexcept;
template std::optional<Decider> parse_code<Decider>(std::string_view) noexcept;
template std::optional<CorrectedField> parse_code<CorrectedField>(std::string_view) noexcept;

} // namespace shirube::directory
