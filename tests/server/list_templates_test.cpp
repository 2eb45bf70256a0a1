// The templates of lists as visitors and stewards get them: a page, files, and the same on the command line.
#include "importers/templates/list_templates.hpp"

#include "directory/snapshot/snapshot.hpp"
#include "server/pages/texts.hpp"
#include "server/router.hpp"
#include "tests/server/support/process.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace shirube::server {

namespace {

Answer get(const std::string& path, const std::string& language = "ja") {
    static const Loaded loaded{directory::Reader(directory::Snapshot::build({}, directory::Taxonomy::shipped(),
                                                                            directory::Holidays::shipped())),
                               nullptr};
    Request request;
    request.path = path;
    request.query = {{"lang", language}};
    request.accept = "text/html";
    return route(request, &loaded, {directory::parse_day("2026-11-21").value(), 600});
}

bool has(const Answer& answer, std::string_view text) { return answer.content().find(text) != std::string_view::npos; }

} // namespace

TEST_CASE("the page of templates offers every file, in every language", "[pages][templates]") {
    for (const auto language : k_languages) {
        const Answer page = get("/templates", std::string(language));
        CAPTURE(language);
        REQUIRE(page.status == 200);
        CHECK_FALSE(has(page, "{{"));
        CHECK_FALSE(has(page, "[["));
        for (const auto& of : importers::list_templates()) {
            for (const char* extension : {"csv", "xlsx", "ods"}) {
                CHECK(has(page, "href=\"/templates/" + of.name + "." + extension + "\""));
            }
        }
        CHECK(has(get("/about", std::string(language)), "/templates"));
    }
}

TEST_CASE("a template is sent as the file it is, and anything else is not found", "[pages][templates]") {
    for (const auto& [extension, type] : std::vector<std::pair<std::string, std::string_view>>{
             {"csv", "text/csv"},
             {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
             {"ods", "application/vnd.oasis.opendocument.spreadsheet"}}) {
        const Answer file = get("/templates/support-bases." + extension);
        CAPTURE(extension);
        REQUIRE(file.status == 200);
        CHECK(file.content_type.starts_with(type));
        CHECK_FALSE(file.etag_basis.empty());
        REQUIRE(file.headers.size() == 1);
        CHECK(file.headers[0].second == "attachment; filename=\"shirube-support-bases." + extension + "\"");
        CHECK(file.content() == importers::template_file(*importers::find_template("support-bases"),
                                                         importers::parse_template_form(extension).value()));
    }
    for (const char* path : {"/templates/none.csv", "/templates/support-bases.pdf", "/templates/support-bases",
                             "/templates/.csv", "/templates/../x.csv"}) {
        CAPTURE(path);
        CHECK(get(path).status == 404);
    }
}

TEST_CASE("the command line writes the same template", "[cli][templates]") {
    const tests::ScratchFolder folder;
    const auto file = folder / "visits.ods";
    CHECK(tests::run_shirube({"template", "home-visiting", "-o", file}).status == 0);
    CHECK(tests::bytes_of(file) ==
          importers::template_file(*importers::find_template("home-visiting"), importers::TemplateForm::ods));
    const auto listed = tests::run_shirube({"template"});
    CHECK(listed.status == 0);
    CHECK(listed.output.find("foster-care") != std::string::npos);
    CHECK(tests::run_shirube({"template", "none"}).status == 2);
    CHECK(tests::run_shirube({"template", "shirube", "-o", folder / "x.pdf"}).status == 2);
    CHECK(tests::run_shirube({"template", "shirube", "-o", folder / "no/x.csv"}).status == 1);
}

} // namespace shirube::server
