#include "server/cli/help_words.hpp"

#include "server/cli/spoken.hpp"

#include <fmt/format.h>

#include <string_view>

namespace shirube::server {

namespace {

/// CLI11's own headings, which are its keys, in Japanese.
constexpr std::pair<const char*, const char*> k_japanese[] = {
    {"Usage", "使い方"},
    {"OPTIONS", "オプション"},
    {"SUBCOMMAND", "コマンド"},
    {"Positionals", "引数"},
    {"Options", "オプション"},
    {"Subcommands", "コマンド"},
    {"REQUIRED", "必須"},
    {"TEXT", "文字"},
    {"INT", "整数"},
    {"UINT", "整数"},
    {"Excludes", "次と両立しない"},
};

class HelpFormatter : public CLI::Formatter {
  public:
    explicit HelpFormatter(const std::string& language) {
        if (language == "en") {
            return;
        }
        for (const auto& [key, words] : k_japanese) {
            label(key, words);
        }
    }

    [[nodiscard]] std::string make_group(std::string group, bool is_positional,
                                         std::vector<const CLI::Option*> options) const override {
        return CLI::Formatter::make_group(get_label(group), is_positional, std::move(options));
    }

    [[nodiscard]] std::string make_option(const CLI::Option* option, bool is_positional) const override {
        return line(make_option_name(option, is_positional) + make_option_opts(option), make_option_desc(option));
    }

    [[nodiscard]] std::string make_subcommand(const CLI::App* command) const override {
        return line(command->get_display_name(true), command->get_description());
    }

    [[nodiscard]] std::string make_option_opts(const CLI::Option* option) const override {
        std::string out;
        if (option->get_type_size() != 0) {
            const std::string values = values_of(*option); // none of a flag
            out += values.empty() ? values : " " + values;
            if (!option->get_default_str().empty()) {
                out += "=" + option->get_default_str();
            }
            if (option->get_expected_max() == CLI::detail::expected_max_vector_size) {
                out += " ...";
            }
            if (option->get_required()) {
                out += " " + get_label("REQUIRED");
            }
        }
        for (const auto* other : option->get_excludes()) {
            out += fmt::format(" ({}: {})", get_label("Excludes"), other->get_name());
        }
        return out;
    }

  private:
    /// CLI11 pads by bytes; fmt counts an East Asian letter as the two columns that it takes. What leaves no blank
    /// between the columns has the right one below it.
    [[nodiscard]] std::string line(const std::string& left, const std::string& right) const {
        const auto padded = fmt::format("  {:<{}}", left, column_width_ - 2);
        return padded.ends_with(' ') ? fmt::format("{}{}\n", padded, right)
                                     : fmt::format("{}\n{:{}}{}\n", padded, "", column_width_, right);
    }

    /// "TEXT:{ja,en}" and "INT:INT in [0 - 9]" say the type twice: what may be written is enough.
    [[nodiscard]] std::string values_of(const CLI::Option& option) const {
        const std::string full = option.get_type_name();
        const std::string type = get_label(full.substr(0, full.find(':')));
        if (const auto set = full.find(":{"); set != std::string::npos) {
            return full.substr(set + 1);
        }
        const auto range = full.find(" in [");
        return range == std::string::npos ? type : type + full.substr(range + 3);
    }
};

} // namespace

std::shared_ptr<CLI::Formatter> help_formatter(const std::string& language) {
    return std::make_shared<HelpFormatter>(language);
}

std::string wrong_use_in_words(const CLI::App& app, const CLI::Error& error, const std::string& language) {
    std::string command = app.get_name();
    for (const auto* chosen : app.get_subcommands()) {
        command += " " + chosen->get_name();
    }
    constexpr Spoken k_see{"{}\n使い方が違います。`{} --help` で確かめてください。\n",
                           "{}\nThis is not how it is used. See `{} --help`.\n"};
    return fmt::format(fmt::runtime(k_see.in(language)), error.what(), command);
}

} // namespace shirube::server
