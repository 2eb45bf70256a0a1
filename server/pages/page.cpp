#include "server/pages/page.hpp"

#include "server/pages/site_files.hpp"

#include <ctemplate/template.h>

#include <algorithm>

namespace shirube::server {

namespace {

std::string_view chosen_language(const Request& request) {
    const auto asked = request.parameter("lang");
    return asked && std::ranges::find(k_languages, *asked) != k_languages.end() ? *asked : std::string_view{};
}

/// The page's own address. A form's answer has none: its question was in the body.
Target own_target(const Request& request) {
    return {request.path, request.method == Method::post ? Query{} : without(request.query, "cursor")};
}

std::string address_in(const Target& target, std::string_view language) {
    std::string path;
    for (const char c : target.path) {
        path += c == '/' ? "/" : percent_encode(std::string_view(&c, 1));
    }
    return address(path, with(target.query, "lang", language));
}

void fill_languages(View frame, const Target& target, const Texts& texts) {
    for (const auto language : k_languages) {
        View item = frame.section("LANGUAGE_LINK");
        item.set("HREF", address_in(target, language));
        item.set("CODE", language == "en" ? "en" : "ja");
        // Each language is named in itself.
        item.set("NAME", language == "ja" ? "日本語" : language == "en" ? "English" : "やさしい日本語");
        item.show(language == texts.language() ? "CURRENT" : "OTHER");
    }
}

} // namespace

Page::Page(const Request& request, const Context& context, std::string_view name)
    : Page(request, context.language, name, context.staff != nullptr) {
    frame_.set("EDITION", std::string_view(context.reader().edition()).substr(0, 12));
    frame_.show("HAS_EDITION");
    if (context.staff != nullptr) {
        show_staff(*context.staff);
    }
}

Page::Page(const Request& request, std::string_view language, std::string_view name, bool is_staff)
    : request_(request),
      texts_(Texts::in(language)),
      links_(chosen_language(request), is_staff),
      is_staff_(is_staff),
      dictionary_(std::make_unique<ctemplate::TemplateDictionary>("page")),
      frame_(*dictionary_, texts_),
      body_(frame_.include("BODY", std::string(name) + ".html")) {
    frame_.set("HTML_LANG", texts_.html_language());
    frame_.set("LANGUAGE", texts_.language());
    frame_.set("PAGE", name);
    frame_.set("HOME", links_.to("/"));
    frame_.set("PLANNER", links_.to("/planner"));
    frame_.set("ABOUT", links_.to("/about"));
    frame_.set("LEAFLET", links_.to("/leaflet"));
    frame_.set("NETWORK", links_.to("/network"));
    frame_.set("TEMPLATES", links_.to("/templates"));
    frame_.set("STAFF_HOME", links_.to("/staff"));
    if (is_staff_) {
        style("styles/staff.css");
    }
}

Page::~Page() = default;

void Page::title(std::string_view plain_text) { frame_.set_if_any("TITLE", plain_text); }

void Page::style(std::string_view path) { frame_.section("STYLE").set("HREF", asset_address(path)); }

/// Scripts ask the server for tiles and places around what is looked at: where a family may be meant nothing is asked.
void Page::script(std::string_view path) {
    if (!is_staff_) {
        script_for_all(path);
    }
}

void Page::script_for_all(std::string_view path) { frame_.section("SCRIPT").set("SRC", asset_address(path)); }

void Page::data_link(std::string_view address) {
    if (!is_staff_) {
        frame_.section("DATA_LINK").set("HREF", address);
    }
}

void Page::show_staff(const StaffView& staff) {
    View bar = frame_.section("STAFF");
    bar.set("NAME", staff.name);
    bar.words("ROLE", staff.role);
    bar.set("SIGN_OUT", links_.to("/staff/sign-out"));
    bar.set("CSRF", staff.csrf);
    if (staff.is_whole) {
        View links = bar.section("WHOLE");
        links.set("STAFF_HOME", links_.to("/staff"));
        links.set("STAFF_SEARCH", links_.to("/search"));
    }
}

Answer Page::finish(unsigned status) {
    if (offers_languages_) {
        fill_languages(frame_.section("LANGUAGES"), elsewhere_ ? *elsewhere_ : own_target(request_), texts_);
    }
    Answer answer;
    answer.status = status;
    answer.content_type = "text/html; charset=utf-8";
    answer.body = render_layout(*dictionary_, texts_);
    answer.caching = basis_.empty() || is_staff_ ? Caching::none : caching_;
    if (answer.caching != Caching::none) {
        answer.etag_basis = basis_ + "|" + std::string(texts_.language()) + "|" + site_digest();
    }
    answer.headers.emplace_back("Content-Language", std::string(texts_.html_language()));
    return answer;
}

std::string at_this_minute(const Context& context) {
    return context.reader().edition() + "|" + directory::to_string(context.now);
}

std::string on_this_day(const Context& context) {
    return context.edition_told() + "|" + directory::to_string(context.now.day);
}

} // namespace shirube::server
