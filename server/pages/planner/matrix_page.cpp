// "/matrix": a prefecture's view, municipality by municipality and programme by programme.
#include "directory/coverage/municipal_matrix.hpp"
#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/planner/table_view.hpp"
#include "server/pages/use_terms_words.hpp"
#include "server/pages/words.hpp"
#include "server/problem.hpp"
#include "server/table_questions.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace shirube::server {

namespace {

using directory::MatrixCell;
using directory::MunicipalMatrix;
using directory::Presence;

constexpr int k_years_back = 9; ///< that are offered beside this one and the next

int number_of(std::chrono::year year) { return static_cast<int>(year); }

void fill_form(View body, const Page& page, const directory::Reader& reader, const MatrixQuestion& question) {
    const auto& taxonomy = reader.taxonomy();
    const auto language = page.texts().language();
    body.set("ACTION", page.links().path("/matrix"));
    body.set_if_any("LANG", page.links().chosen_language());
    std::optional<directory::ProgrammeIndex> last;
    for (const auto programme : directory::counted_programmes(reader)) {
        const auto family = taxonomy.family_of(programme);
        if (family == last) {
            continue;
        }
        last = family;
        View option = body.section("FAMILY_OPTION");
        option.set("CODE", taxonomy.at(family).code);
        option.set("NAME", taxonomy.at(family).label.in(language));
        option.show_if(taxonomy.at(family).code == question.family, "SELECTED");
    }
    const int now = number_of(fiscal_year_of(question.day));
    const int asked = number_of(question.year);
    for (int year = std::max(now + 1, asked); year >= std::min(now - k_years_back, asked); --year) {
        View option = body.section("YEAR_OPTION");
        option.set("CODE", year);
        option.show_if(year == asked, "SELECTED");
    }
    body.set("AT", directory::to_string(question.day));
}

class MatrixView {
  public:
    MatrixView(View body, const directory::Reader& reader, const MunicipalMatrix& matrix, const Links& links)
        : body_(body), reader_(reader), matrix_(matrix), links_(links) {}

    void fill() {
        fill_head();
        for (const Presence presence : directory::k_presences) {
            View row = body_.section("SUM_ROW");
            row.words("PRESENCE_WORDS", directory::label_of(presence).in(body_.texts().language()));
            row.set("MUNICIPALITIES", grouped(static_cast<std::int64_t>(matrix_.municipalities.size())));
            for (const auto& sum : matrix_.sums) {
                View cell = row.section("SUM");
                cell.set("COUNT", sum.in_year.of(presence));
                cell.set("PRESENCE", directory::code_of(presence));
            }
        }
        const bool has_regions = matrix_.groups.size() > 1 ||
                                 (matrix_.groups.size() == 1 && matrix_.groups[0].region != directory::k_no_index);
        for (const auto& group : matrix_.groups) {
            View out = body_.section("GROUP");
            if (has_regions) {
                fill_region(out, group);
            }
            for (const auto municipality : group.municipalities) {
                fill_row(out.section("ROW"), municipality);
            }
        }
    }

  private:
    void fill_head() {
        const auto& taxonomy = reader_.taxonomy();
        const auto language = body_.texts().language();
        for (std::size_t p = 0; p < matrix_.programmes.size();) {
            const auto family = taxonomy.family_of(matrix_.programmes[p]);
            std::size_t end = p;
            while (end < matrix_.programmes.size() && taxonomy.family_of(matrix_.programmes[end]) == family) {
                View programme = body_.section("PROGRAMME");
                programme.set("CODE", taxonomy.at(matrix_.programmes[end]).code);
                programme.words("LABEL", taxonomy.at(matrix_.programmes[end]).label.in(language));
                ++end;
            }
            View head = body_.section("FAMILY");
            head.words("LABEL", taxonomy.at(family).label.in(language));
            head.set("SPAN", end - p);
            p = end;
        }
    }

    void fill_region(View out, const directory::MatrixGroup& group) {
        if (group.region == directory::k_no_index) {
            out.section("NO_REGION").set("SPAN", matrix_.programmes.size());
            return;
        }
        const auto& district = reader_.districts()[group.region];
        View region = out.section("REGION");
        region.set("NAME", district.name);
        region.set("HREF", links_.district(district.layer, district.code));
        region.set("SPAN", matrix_.programmes.size());
    }

    void fill_row(View row, std::size_t m) {
        const auto& municipality = matrix_.municipalities[m];
        row.set("CODE", municipality.code);
        row.set("NAME", name_of(municipality));
        fill_other_regions(row, municipality);
        row.set("HREF", links_.to("/stages",
                                  {{"municipality", municipality.code}, {"at", directory::to_string(matrix_.today)}}));
        for (std::size_t p = 0; p < matrix_.programmes.size(); ++p) {
            fill_cell(row.section("CELL"), matrix_.at(m, p),
                      links_.to("/search",
                                search_for(reader_.taxonomy(), matrix_.programmes[p], municipality.code, matrix_.day)));
        }
    }

    /// The regions beside the one it is shown under.
    void fill_other_regions(View row, const directory::Municipality& municipality) {
        std::string names;
        for (const auto region : municipality.regions) {
            if (region != municipality.region) {
                names += (names.empty() ? "" : row.texts().get("list.separator")) + reader_.districts()[region].name;
            }
        }
        if (!names.empty()) {
            row.section("OTHER_REGIONS").set("NAMES", names);
        }
    }

    static void fill_cell(View cell, const MatrixCell& of, const std::string& address) {
        fill_presence(cell, of.in_year.presence, of.in_year.surely, of.in_year.possibly, address);
        const auto mark = [&](std::string_view section, int count) {
            if (count > 0) {
                cell.section(section).set("N", count);
            }
        };
        mark("CAME", of.came);
        mark("WENT", of.went);
        if (of.across > 0) {
            View across = cell.section("ACROSS");
            across.set("N", of.across);
            const bool is_stated = of.across_by_contract.front() != of.across; // else nothing but "not known"
            across.set_if_any("TERMS", is_stated ? contract_counts_in_words(of.across_by_contract, cell.texts(),
                                                                            cell.texts().get("list.separator"))
                                                 : std::string{});
        }
        const bool differs = of.today.surely != of.in_year.surely || of.today.possibly != of.in_year.possibly;
        if (differs) {
            cell.section("NOW").set("N", of.today.surely + of.today.possibly);
        }
    }

    View body_;
    const directory::Reader& reader_;
    const MunicipalMatrix& matrix_;
    const Links& links_;
};

} // namespace

Answer matrix_page(const Request& request, const Context& context) {
    auto question = read_matrix_question(request, context);
    if (!question) {
        return error_page(request, &context, status_of(question.error()), title_of(question.error(), context.language));
    }
    const auto& reader = context.reader();
    const auto matrix = directory::municipal_matrix(reader, question->programmes, question->year, question->day);

    Page page(request, context, "matrix");
    page.style("styles/planner.css");
    page.style("styles/tables.css");
    page.title(page.texts().with("matrix.title", {{"year", std::to_string(number_of(question->year))}}));
    View& body = page.body();
    fill_form(body, page, reader, *question);
    body.set("COUNT", grouped(static_cast<std::int64_t>(matrix.municipalities.size())));
    body.words("DATE", date_in_words(matrix.day, page.texts()));
    directory::PresenceSum all;
    for (const auto& cell : matrix.cells) {
        all.add(cell.in_year.presence);
    }
    fill_presence_legend(body, all);
    MatrixView(body, reader, matrix, page.links()).fill();
    fill_table_lists(body, reader, matrix.lists);
    body.set("LISTS", matrix.lists.size());
    const Query asked = question->query();
    const auto api = context.api("/api/v1/matrix");
    page.data_link(address(api, asked));
    body.set("CSV", address(api, with(asked, "f", "csv")));
    body.set("JSON", address(api, with(asked, "f", "json")));
    if (reader.find_layer("ken_iki") != nullptr) {
        body.set_if_any("REGION_MAP", page.links().to("/planner", {{"layer", "ken_iki"}}));
    }
    body.set("PLANNER_HREF", page.links().to("/planner"));
    body.set("STAGES_HREF", page.links().to("/stages"));
    page.depends_on(on_this_day(context));
    return page.finish();
}

} // namespace shirube::server
