#include "tests/server/support/desk_town.hpp"

#include "directory/store.hpp"
#include "importers/written_row.hpp"
#include "tests/server/support/small_town.hpp"

#include <stdexcept>

namespace shirube::tests {

namespace {

using importers::WrittenCells;

void add(directory::Store& store, const std::string& list, WrittenCells cells) {
    importers::ImportOptions options;
    options.files = {"lists.csv"};
    options.list = list;
    options.as_of = "2026-10-01";
    options.completeness = importers::Completeness::partial;
    cells.emplace_back("市区町村コード", std::string{k_here});
    const auto report = importers::append_written_row(store, options, cells);
    if (!report || report->import_id == 0) {
        throw std::runtime_error(!report                  ? report.error().message
                                 : report->issues.empty() ? list + " was not taken"
                                                          : report->issues.front().message);
    }
}

directory::Batch gazetteer() {
    directory::BatchList list;
    list.name = "町丁目";
    list.profile = "geolonia";
    for (const auto& [town, lon] : {std::pair{"浜町", 137.2}, {"沖町", 137.25}}) {
        directory::TownReading reading;
        reading.prefecture = "標県";
        reading.municipality = k_here;
        reading.municipality_name = "潮見野市";
        reading.town = town;
        reading.position = {lon, 33.2};
        reading.accuracy_m = 400;
        directory::BatchRow row;
        row.key = town;
        row.file = "towns.json";
        row.row = 1;
        row.cells = "[]";
        row.reading = std::move(reading);
        list.rows.push_back(std::move(row));
    }
    directory::Batch made;
    made.kind = directory::ImportKind::gazetteer;
    made.lists.push_back(std::move(list));
    made.files = "[]";
    made.report = "{}";
    return made;
}

/// What a steward of the place's municipality reads now.
std::shared_ptr<const server::Loaded> edition(StaffTown& town) {
    directory::Account steward;
    steward.role = directory::Role::steward;
    steward.municipality = std::string{k_here};
    return town.desk().edition_for(steward, *directory::parse_day(k_desk_today));
}

} // namespace

void put_work_on_the_desk(StaffTown& town) {
    {
        auto store = directory::Store::open(town.store(), directory::OpenMode::write);
        store.append(gazetteer());
        add(store, "昔の一覧",
            {{"事業", "jidokan"},
             {"名称", "昔の館"},
             {"住所", "浜町1-2"},
             {"電話番号", "000-0000-0101"},
             {"開催曜日", "月"},
             {"開催開始時間", "10:00"},
             {"開催終了時間", "12:00"},
             {"最終確認日", "2024-04-01"}});
        add(store, "迷子の一覧", {{"事業", "jidokan"}, {"名称", "迷子の館"}, {"住所", "どこでもない町5-6"}});
        add(store, "組の一覧1", {{"事業", "kodomo_shokudo"}, {"名称", "はまなす"}, {"住所", "沖町1-2-3"}});
        add(store, "組の一覧2", {{"事業", "jidokan_small"}, {"名称", "はまなす児童館"}, {"住所", "沖町1-2-3"}});
    }
    town.desk().note_written();
}

server::Query decided(server::Query fields) {
    fields.emplace_back("by", "coordinator");
    fields.emplace_back("how", "phone");
    fields.emplace_back("reason", "");
    return fields;
}

std::string hidden_value(const server::Answer& page, std::string_view behind, std::string_view name) {
    const std::string content{page.content()};
    const auto from = content.find(behind);
    const std::string field = "name=\"" + std::string{name} + "\" value=\"";
    const auto at = from == std::string::npos ? from : content.find(field, from);
    if (at == std::string::npos) {
        return {};
    }
    const auto begin = at + field.size();
    return content.substr(begin, content.find('"', begin) - begin);
}

std::string service_id(StaffTown& town, const std::string& place) {
    const auto loaded = edition(town);
    for (const auto& service : loaded->reader.services()) {
        if (service.site != directory::k_no_index && loaded->reader.sites()[service.site].name == place) {
            return service.id;
        }
    }
    return {};
}

std::string site_id(StaffTown& town, const std::string& place) {
    const auto loaded = edition(town);
    for (const auto& site : loaded->reader.sites()) {
        if (site.name == place) {
            return site.id;
        }
    }
    return {};
}

std::int64_t kept_import(const server::Answer& answer) {
    const auto location = header_of(answer, "Location");
    const auto at = location.find("kept=");
    return answer.status == 303 && at != std::string::npos ? std::stoll(location.substr(at + 5)) : 0;
}

} // namespace shirube::tests
