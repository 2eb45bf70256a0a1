#include "server/pages/templates.hpp"

#include "directory/embedded_file.hpp"
#include "server/pages/furigana.hpp"
#include "server/pages/site_files.hpp"

#include <ctemplate/template.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace shirube::server {

namespace {

constexpr auto k_strip = ctemplate::STRIP_WHITESPACE;

ctemplate::TemplateString as_template_string(std::string_view text) { return {text.data(), text.size()}; }

std::string cache_key(const Texts& texts, std::string_view file) {
    return std::string(texts.language()) + "/" + std::string(file);
}

/// {name} of a text becomes the template's {{NAME}}.
std::string with_markers(std::string_view html) {
    std::string out;
    for (std::size_t at = 0; at < html.size(); ++at) {
        const auto end = html[at] == '{' ? html.find('}', at) : std::string_view::npos;
        if (end == std::string_view::npos) {
            out += html[at];
            continue;
        }
        std::string name(html.substr(at + 1, end - at - 1));
        std::ranges::transform(name, name.begin(),
                               [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
        // Words of ours are markup already.
        out += "{{" + name + (name.ends_with("_HTML") ? ":none" : "") + "}}";
        at = end;
    }
    return out;
}

std::string icon_markup(std::string_view name) {
    std::string svg(site_file("icons/" + std::string(name) + ".svg"));
    while (!svg.empty() && svg.back() == '\n') {
        svg.pop_back();
    }
    return svg;
}

std::string replacement(std::string_view mark, const Texts& texts) {
    if (mark.starts_with("icon:")) {
        return icon_markup(mark.substr(5));
    }
    if (mark.starts_with("asset:")) {
        return asset_address(mark.substr(6));
    }
    if (mark.starts_with("@")) {
        return with_markers(escape_html(texts.get(mark.substr(1))));
    }
    return with_markers(texts.to_html(texts.get(mark)));
}

std::string prepared(std::string_view content, const Texts& texts) {
    std::string out = "{{%AUTOESCAPE context=\"HTML\"}}";
    std::size_t at = 0;
    while (true) {
        const auto begin = content.find("[[", at);
        if (begin == std::string_view::npos) {
            out += content.substr(at);
            return out;
        }
        const auto end = content.find("]]", begin);
        if (end == std::string_view::npos) {
            throw std::runtime_error("a [[ without its ]]");
        }
        out += content.substr(at, begin - at);
        out += replacement(content.substr(begin + 2, end - begin - 2), texts);
        at = end + 2;
    }
}

std::unique_ptr<ctemplate::TemplateCache> make_cache() {
    constexpr std::string_view folder = "templates/";
    auto cache = std::make_unique<ctemplate::TemplateCache>();
    for (const auto& file : embedded_site()) {
        if (!file.path.starts_with(folder)) {
            continue;
        }
        const auto name = file.path.substr(folder.size());
        for (const auto language : k_languages) {
            const Texts& texts = Texts::in(language);
            const auto fail = [&](std::string_view why) {
                throw std::runtime_error("template " + cache_key(texts, name) + ": " + std::string(why));
            };
            try {
                const std::string text = prepared(file.content, texts);
                if (!cache->StringToTemplateCache(cache_key(texts, name), text, k_strip)) {
                    fail("ctemplate does not take it");
                }
            } catch (const std::runtime_error& problem) {
                fail(problem.what());
            }
        }
    }
    cache->Freeze();
    return cache;
}

ctemplate::TemplateCache& cache() {
    static const auto templates = make_cache();
    return *templates;
}

} // namespace

void View::set(std::string_view name, std::string_view value) {
    dictionary_->SetValue(as_template_string(name), as_template_string(value));
}

void View::words(std::string_view name, std::string_view text) {
    set(std::string(name) + "_HTML", texts_->to_html(text));
}

void View::icon(std::string_view name, std::string_view icon) { set(std::string(name) + "_HTML", icon_markup(icon)); }

void View::data_block(std::string_view name, std::string_view json) { set(std::string(name) + "_HTML", json); }

void View::show(std::string_view section) { dictionary_->ShowSection(as_template_string(section)); }

void View::set_if_any(std::string_view name, std::string_view value) {
    if (!value.empty()) {
        set(name, value);
        show(std::string(name) + "_SHOWN");
    }
}

void View::words_if_any(std::string_view name, std::string_view text) {
    if (!text.empty()) {
        words(name, text);
        show(std::string(name) + "_SHOWN");
    }
}

View View::section(std::string_view name) {
    return {*dictionary_->AddSectionDictionary(as_template_string(name)), *texts_};
}

View View::include(std::string_view name, std::string_view file) {
    auto* included = dictionary_->AddIncludeDictionary(as_template_string(name));
    included->SetFilename(cache_key(*texts_, file));
    return {*included, *texts_};
}

std::string render_layout(const ctemplate::TemplateDictionary& dictionary, const Texts& texts) {
    std::string out;
    if (!cache().ExpandWithData(cache_key(texts, "layout.html"), k_strip, &dictionary, nullptr, &out)) {
        throw std::runtime_error("a template is missing under templates/layout.html");
    }
    return out;
}

void compile_templates() { cache(); }

} // namespace shirube::server
