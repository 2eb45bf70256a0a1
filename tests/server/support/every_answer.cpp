#include "tests/server/support/every_answer.hpp"

#include "directory/policy/policy_book.hpp"
#include "geo/web_mercator.hpp"
#include "server/respond.hpp"
#include "server/router.hpp"
#include "tests/server/support/small_town.hpp"

#include <fmt/format.h>

#include <set>

namespace shirube::tests {

namespace {

constexpr std::string_view k_page = "text/html";
constexpr std::string_view k_data = "application/json";

class Asker {
  public:
    Asker(const server::Loaded& loaded, const Probes& probes, server::ReportBox* reports)
        : loaded_(loaded), probes_(probes), reports_(reports) {}

    std::map<std::string, std::string> ask_all() {
        ask_pages();
        ask_searches();
        ask_records();
        ask_words();
        ask_layers();
        ask_leaflets();
        ask_tables();
        ask_tiles();
        send_reports();
        return std::move(answers_);
    }

  private:
    void ask(server::Request request, const std::string& name) {
        request.host = "town.example.jp";
        auto answer = server::route(request, &loaded_, saturday_morning(), nullptr, reports_);
        const auto response = server::respond(request, std::move(answer), server::Connection::keep, "(date)");
        answers_.emplace(name, response.head + std::string(response.content()));
    }
    void page(const std::string& target) {
        for (const char* language : {"ja", "ja-easy", "en"}) {
            const std::string whole =
                fmt::format("{}{}lang={}", target, target.find('?') == std::string::npos ? '?' : '&', language);
            ask(request_for(whole, k_page), whole);
        }
    }
    void data(const std::string& target) { ask(request_for(target, k_data), target); }

    void post(const std::string& path, const std::string& body) {
        server::Request request = request_for(path, k_page);
        request.method = server::Method::post;
        request.content_type = "application/x-www-form-urlencoded";
        request.body = body;
        ask(request, path + " " + body);
    }

    void ask_pages() {
        for (const char* target :
             {"/", "/about", "/templates", "/planner", "/search", "/leaflet", "/print/leaflet", "/nothing"}) {
            page(target);
        }
        for (const char* target : {"/api/v1/taxonomy", "/api/v1/policies", "/api/v1/layers", "/api/v1/openapi.json",
                                   "/api/v1/needs", "/readyz", "/tiles/services.json"}) {
            data(target);
        }
    }

    void ask_searches() {
        std::set<std::string> programmes{"places", "food", "consultation", "alternative_care", "family_support"};
        const auto& taxonomy = loaded_.reader.taxonomy();
        for (const auto& programme : taxonomy.programmes()) {
            programmes.insert(programme.code);
        }
        for (const std::string& programme : programmes) {
            data("/api/v1/resources?programme=" + programme);
            page("/search?programme=" + programme);
        }
        for (const char* query :
             {"limit=100", "limit=7", "near=137.05,33.2", "near=137.05,33.2&radius=2000", "bbox=137,33.1,137.1,33.3",
              "day=sat", "day=sat&time=10:00", "age=2", "open=now", "limit=100&f=csv", "limit=100&f=geojson"}) {
            data(fmt::format("/api/v1/resources?{}", query));
            page(fmt::format("/search?{}", query));
        }
    }

    /// By the lists there are and by those that are looked for.
    void ask_leaflets() {
        std::set<std::string> lists(probes_.words.begin(), probes_.words.end());
        for (const auto& list : loaded_.reader.lists()) {
            lists.insert(list.name);
        }
        for (const std::string& list : lists) {
            page("/print/leaflet?list=" + server::percent_encode(list));
        }
        for (const char* query :
             {"programme=food&paper=landscape", "age=2&day=sat", "near=137.05,33.2", "bbox=137,33.1,137.1,33.3"}) {
            page(fmt::format("/print/leaflet?{}", query));
        }
    }

    void record(const std::string& id) {
        page("/services/" + id);
        page("/sites/" + id);
        data("/api/v1/resources/" + id);
        page("/services/" + id + "/report");
        data("/services/" + id + "/calendar.ics");
    }

    void report(const std::string& id) {
        post("/services/" + id + "/report", "kind=hours&text=" + id);
        server::Request request = request_for("/api/v1/reports", k_data);
        request.method = server::Method::post;
        request.content_type = "application/json";
        request.body = fmt::format(R"({{"service":"{}","kind":"phone"}})", id);
        ask(request, "/api/v1/reports " + id);
    }

    void send_reports() {
        for (const auto& service : loaded_.reader.services()) {
            report(service.id);
        }
        for (const std::string& id : probes_.ids) {
            report(id);
        }
    }

    void ask_records() {
        for (const auto& service : loaded_.reader.services()) {
            record(service.id);
        }
        for (const auto& site : loaded_.reader.sites()) {
            record(site.id);
        }
        for (const std::string& id : probes_.ids) {
            record(id);
        }
    }

    void ask_words() {
        std::set<std::string> words(probes_.words.begin(), probes_.words.end());
        for (const auto& site : loaded_.reader.sites()) {
            words.insert(site.name);
            words.insert(site.address);
        }
        for (const std::string& word : words) {
            const std::string encoded = server::percent_encode(word);
            data("/api/v1/suggest?q=" + encoded);
            data("/api/v1/geocode?q=" + encoded);
            data("/api/v1/resources?q=" + encoded);
            page("/search?q=" + encoded);
            post("/search", "place=" + encoded);
        }
    }

    void ask_layers() {
        for (const auto& layer : loaded_.reader.layers()) {
            data("/tiles/" + layer.code + ".json");
            for (const char* form : {"json", "geojson", "csv"}) {
                data(fmt::format("/api/v1/layers/{}/districts?f={}", layer.code, form));
            }
            for (const char* point : {"137.05,33.2", "137.15,33.2", "138,34"}) {
                data(fmt::format("/api/v1/layers/{}/at?point={}", layer.code, point));
            }
            for (std::uint32_t i = layer.first; i < layer.first + layer.count; ++i) {
                const auto code = server::percent_encode(loaded_.reader.districts()[i].code);
                page(fmt::format("/districts/{}/{}", layer.code, code));
                page(fmt::format("/leaflet?layer={}&district={}", layer.code, code));
                page(fmt::format("/print/leaflet?layer={}&district={}", layer.code, code));
            }
            for (const auto& [policy, municipality, public_version] : loaded_.reader.policies()) {
                for (const char* form : {"json", "geojson", "csv"}) {
                    data(fmt::format("/api/v1/coverage?policy={}&layer={}&f={}", policy.id, layer.code, form));
                }
                data(fmt::format("/api/v1/coverage?policy={}&layer={}&weekday=wed&hour=16&age=7", policy.id,
                                 layer.code));
                page(fmt::format("/planner?policy={}&layer={}", policy.id, layer.code));
                page(fmt::format("/print/coverage?policy={}&layer={}", policy.id, layer.code));
            }
        }
        page("/policies");
        data("/api/v1/coverage?policy=jidokan_per_chugakkoku&f=xlsx");
        data("/api/v1/coverage?policy=jidokan_per_chugakkoku&f=gpkg");
        data("/api/v1/needs?indicator=" + server::percent_encode("出生数") + "&unit=persons");
    }

    void ask_tables() {
        for (const char* question : {"", "?by=department", "?municipality=99201", "?municipality=99341",
                                     "?municipality=99201&by=department&at=2027-04-01"}) {
            page(std::string("/stages") + question);
            data(std::string("/api/v1/stages") + question);
        }
        data("/api/v1/stages?f=csv&by=department");
        for (const char* question : {"", "?year=2025", "?family=places"}) {
            page(std::string("/matrix") + question);
            data(std::string("/api/v1/matrix") + question);
        }
        data("/api/v1/matrix?f=csv");
        for (const char* question : {"", "?municipality=99201", "?kind=refers,member_of", "?within=chugakkoku:nothing",
                                     "?at=2024-04-01", "?f=csv"}) {
            data(std::string("/api/v1/network") + question);
            if (std::string_view(question) != "?f=csv") {
                page(std::string("/network") + question);
            }
            data(std::string("/api/v1/relations") + question);
        }
        data("/api/v1/relations?limit=2");
        data("/api/v1/network?reach=5000&since=2020-01-01");
        for (const auto& forum : loaded_.reader.forums()) {
            data("/api/v1/network?forum=" + forum.id);
        }
        for (const char* query : {"municipality=99201", "municipality=99341&stage=elementary", "stage=pregnancy"}) {
            data(fmt::format("/api/v1/resources?{}", query));
            page(fmt::format("/search?{}", query));
        }
    }

    void ask_tiles() {
        std::vector<std::string> sources{"services"};
        for (const auto& layer : loaded_.reader.layers()) {
            sources.push_back(layer.code);
        }
        constexpr geo::LonLat k_north_west{137.0, 33.3};
        constexpr geo::LonLat k_south_east{137.25, 33.1};
        constexpr std::uint32_t k_last_zoom = 13;
        for (std::uint32_t zoom = 0; zoom <= k_last_zoom; ++zoom) {
            const auto from = geo::tile_at(k_north_west, zoom);
            const auto to = geo::tile_at(k_south_east, zoom);
            for (std::uint32_t x = from.x; x <= to.x; ++x) {
                for (std::uint32_t y = from.y; y <= to.y; ++y) {
                    for (const std::string& source : sources) {
                        data(fmt::format("/tiles/{}/{}/{}/{}.mvt", source, zoom, x, y));
                    }
                }
            }
        }
    }

    const server::Loaded& loaded_;
    const Probes& probes_;
    server::ReportBox* reports_;
    std::map<std::string, std::string> answers_;
};

} // namespace

std::map<std::string, std::string> every_answer(const server::Loaded& loaded, const Probes& probes,
                                                server::ReportBox* reports) {
    return Asker(loaded, probes, reports).ask_all();
}

} // namespace shirube::tests
