// The frame every page stands in: head, header, language links, footer. The headers all pages share (content policy and
// the like) are set where answers are written.
#pragma once

#include "server/context.hpp"
#include "server/http.hpp"
#include "server/pages/links.hpp"
#include "server/pages/templates.hpp"
#include "server/pages/texts.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace shirube::server {

class Page {
  public:
    /// \param name its template is templates/NAME.html
    Page(const Request& request, const Context& context, std::string_view name);
    /// Where no edition is loaded.
    Page(const Request& request, std::string_view language, std::string_view name, bool is_staff = false);
    ~Page();
    Page(const Page&) = delete;
    Page& operator=(const Page&) = delete;

    [[nodiscard]] View& body() noexcept { return body_; }
    [[nodiscard]] const Texts& texts() const noexcept { return texts_; }
    [[nodiscard]] const Links& links() const noexcept { return links_; }

    void title(std::string_view plain_text);
    /// \param path below static/, e.g. "styles/planner.css"
    void style(std::string_view path);
    /// Of the public's pages alone.
    void script(std::string_view path);
    /// One that asks for nothing which could tell of a family: staff pages have it too.
    void script_for_all(std::string_view path);
    /// Where the same answer lies as data.
    void data_link(std::string_view address);

    /// The edition and instant the page depends on; without it the answer has no ETag.
    void depends_on(std::string_view basis) { basis_ = basis; }
    /// What the page shows is shown once and would be gone in another language: none is offered.
    void offer_no_languages() { offers_languages_ = false; }
    /// Where the page stands in other languages, for a form's answer whose question another address can ask too.
    void offer_languages_at(std::string_view path, Query query) {
        elsewhere_ = Target{std::string(path), std::move(query)};
    }
    /// Something of the visitor is on the page: nobody may keep it.
    void never_keep() { caching_ = Caching::none; }

    [[nodiscard]] Answer finish(unsigned status = 200);

  private:
    void show_staff(const StaffView& staff);

    const Request& request_;
    const Texts& texts_;
    Links links_;
    bool is_staff_;
    bool offers_languages_ = true;
    std::optional<Target> elsewhere_; ///< in other languages
    std::unique_ptr<ctemplate::TemplateDictionary> dictionary_;
    View frame_;
    View body_;
    std::string basis_;
    Caching caching_ = Caching::validated;
};

/// Edition and minute: what a page that speaks of "now" depends on.
std::string at_this_minute(const Context& context);
/// Edition and day.
std::string on_this_day(const Context& context);

} // namespace shirube::server
