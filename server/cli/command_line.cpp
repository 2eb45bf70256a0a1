#include "server/cli/command_line.hpp"

#include "directory/store.hpp"
#include "server/cli/commands.hpp"
#include "server/numbers.hpp"

#include <CLI/CLI.hpp>
#include <arpa/inet.h>
#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>
#include <functional>
#include <iostream>
#include <optional>
#include <string_view>

namespace shirube::server {

namespace {

/// ja or en by --lang, else by the locale of the terminal.
std::string language_of_locale() {
    for (const auto* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const auto* value = std::getenv(name);
        if (value != nullptr && *value != '\0') {
            return std::string_view{value}.starts_with("ja") ? "ja" : "en";
        }
    }
    return "en";
}

std::optional<std::pair<std::string, std::uint16_t>> parse_listen(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    const auto port = parse_whole(text.substr(colon + 1));
    if (!port || *port < 0 || *port > 65'535) {
        return std::nullopt;
    }
    auto address = text.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']')) { // [::1]:8080, as in an address
        address = address.substr(1, address.size() - 2);
    }
    const std::string text_of_address{address};
    in6_addr scratch{};
    if (::inet_pton(AF_INET, text_of_address.c_str(), &scratch) != 1 &&
        ::inet_pton(AF_INET6, text_of_address.c_str(), &scratch) != 1) {
        return std::nullopt;
    }
    return std::pair{text_of_address, static_cast<std::uint16_t>(*port)};
}

const std::map<std::string, TextForm> k_search_forms{
    {"table", TextForm::table}, {"json", TextForm::json}, {"geojson", TextForm::geojson}};
const std::map<std::string, TextForm> k_coverage_forms{
    {"table", TextForm::table}, {"json", TextForm::json}, {"geojson", TextForm::geojson}, {"csv", TextForm::csv}};

std::vector<std::string> names_of(const std::map<std::string, TextForm>& forms) {
    std::vector<std::string> names;
    for (const auto& [name, form] : forms) {
        names.push_back(name);
    }
    return names;
}

/// What a parsed command line asks to be run.
using Run = std::function<int()>;

class Commands {
  public:
    explicit Commands(CLI::App& app) : app_(app), language_(language_of_locale()) {
        app.require_subcommand(1);
        app.set_version_flag("--version", "shirube " SHIRUBE_VERSION);
        app.add_option("--lang", language_, "Language of messages")->check(CLI::IsMember({"ja", "en"}));
        add_import();
        add_template();
        add_history();
        add_serve();
        add_search();
        add_coverage();
    }

    [[nodiscard]] const Run& chosen() const noexcept { return run_; }

  private:
    CLI::App* add(const char* name, const char* what) {
        auto* command = app_.add_subcommand(name, what);
        command->fallthrough(); // --lang may stand after the command too
        command->add_option("--store", store_, "The store, a file")->required()->check([](const std::string& file) {
            return file.empty() ? "name a file / ファイル名を書いてください" : std::string();
        });
        return command;
    }

    void add_import() {
        auto* command = add("import", "Load lists into the store");
        command
            ->add_option("kind", kind_, "districts, resources, population, needs, gazetteer, holidays or corrections")
            ->required()
            ->check(CLI::IsMember(
                {"districts", "resources", "population", "needs", "gazetteer", "holidays", "corrections"}));
        auto& options = import_.options;
        command->add_option("files", files_, "Files (a folder for the gazetteer)")->required();
        command->add_option("--profile", options.profile, "The layout, where it is not to be recognised");
        command->add_option("--municipality", options.municipality, "Code of the municipality the files speak of");
        command->add_option("--layer", options.layer, "District layer; without it, what the file's edition holds");
        command->add_option("--terms", options.terms, "Sheet of terms per municipality (a table or a workbook)");
        command
            ->add_option_function<std::string>(
                "--terms-policy",
                [&options](const std::string& policy) {
                    options.terms_policy =
                        policy == "flag" ? importers::TermsPolicy::flag : importers::TermsPolicy::refuse;
                },
                "What happens to rows of municipalities that do not allow reuse")
            ->default_str("refuse")
            ->check(CLI::IsMember({"refuse", "flag"}));
        command->add_option("--list", options.list, "Name of the list in the store");
        command->add_option("--publisher", options.publisher, "Who publishes the list");
        command->add_option("--source", options.source, "Where the list was taken from");
        command->add_option("--licence", options.licence, "Terms of the list");
        command->add_option("--as-of", options.as_of, "The list's date: 2026-04-01, 2026-04 or 2026");
        command->add_option("--covers", options.covers, "PROGRAMMES@MUNICIPALITIES, several separated by ';'");
        auto* complete = command->add_flag("--complete", complete_, "The list holds all there is: absence means none");
        auto* partial = command->add_flag("--partial", partial_, "The list holds some (the default)");
        complete->excludes(partial);
        command->add_flag("--dry-run", options.dry_run, "Try everything, keep nothing");
        command->add_flag("--explain", options.explain, "Show column by column what was recognised");
        command->add_option("--report", import_.report, "Write the report as JSON");
        command->add_option("--rejects", import_.rejects,
                            "Write rejected rows with their reasons, to be mended: FILE.csv or FILE.xlsx");
        command->callback([this] { run_ = [this] { return import_files(); }; });
    }

    int import_files() {
        auto& options = import_.options;
        options.kind = *directory::parse_import_kind(kind_);
        options.files.assign(files_.begin(), files_.end());
        options.language = language_;
        if (complete_) {
            options.completeness = importers::Completeness::complete;
        }
        if (partial_) {
            options.completeness = importers::Completeness::partial;
        }
        import_.store = store_;
        options.keep_rejects = !import_.rejects.empty();
        return run_import_command(import_);
    }

    void add_template() {
        auto* command = app_.add_subcommand("template", "Write a template of a list: CSV, XLSX or ODS");
        command->fallthrough();
        command->add_option("name", template_.name, "Which; without it they are listed");
        command->add_option("-o,--output", template_.output, "FILE.csv, FILE.xlsx or FILE.ods");
        command->callback([this] {
            run_ = [this] {
                template_.language = language_;
                return run_template_command(template_);
            };
        });
    }

    void add_history() {
        add("imports", "List what was imported")->callback([this] {
            run_ = [this] { return run_imports_command(store_, language_); };
        });
        auto* undo = add("undo", "Take an import back");
        undo->add_option("import", import_id_, "Number of the import, as `shirube imports` lists it")->required();
        undo->callback([this] { run_ = [this] { return run_undo_command(store_, import_id_, language_); }; });
        auto* links = add("links", "List pairs of places that may be one, with what speaks for it");
        links->add_option("--format", text_format_, "table, json or csv (a list of corrections to fill in and import)")
            ->capture_default_str()
            ->check(CLI::IsMember({"table", "json", "csv"}));
        links->add_flag_callback("--csv", [this] { text_format_ = "csv"; }, "The same as --format csv");
        links->add_option("-o,--output", links_.output,
                          "Write the list of corrections: FILE.csv, FILE.xlsx or FILE.ods");
        links->callback([this] {
            run_ = [this] {
                links_.store = store_;
                links_.form = text_form();
                links_.language = language_;
                return run_links_command(links_);
            };
        });
        auto* history = add("history", "What every import said of a service or a site");
        history->add_option("id", id_, "Its public id")->required();
        history->add_option("--format", text_format_, "table or json")
            ->capture_default_str()
            ->check(CLI::IsMember({"table", "json"}));
        history->callback(
            [this] { run_ = [this] { return run_history_command(store_, id_, text_form(), language_); }; });
        add("check", "Look for damage, orphans, unlocated and stale places")->callback([this] {
            run_ = [this] { return run_check_command(store_, language_); };
        });
    }

    [[nodiscard]] TextForm text_form() const {
        return text_format_ == "json" ? TextForm::json : text_format_ == "csv" ? TextForm::csv : TextForm::table;
    }

    void add_serve() {
        auto* command = add("serve", "Serve the directory over HTTP");
        command->add_option("--config", config_,
                            "Read settings from a file (TOML: the long options' names; the command line goes first)");
        command->add_option("--listen", listen_, "ADDRESS:PORT; port 0 takes any free one")->capture_default_str();
        command->add_option("--threads", settings_.threads, "0: one a core")
            ->capture_default_str()
            ->check(CLI::Range(0, 256));
        command->add_option("--most-connections", settings_.most_connections, "More are answered 503")
            ->capture_default_str()
            ->check(CLI::Range(1, 1'000'000));
        command->add_option("--most-target-bytes", settings_.most_target_bytes, "Longer addresses are answered 414")
            ->capture_default_str()
            ->check(CLI::Range(64, 65'536));
        command->add_option("--most-header-bytes", settings_.most_header_bytes, "Larger headers are answered 431")
            ->capture_default_str()
            ->check(CLI::Range(1'024, 1'048'576));
        command->add_option("--most-body-bytes", settings_.most_body_bytes, "Larger bodies are answered 413")
            ->capture_default_str()
            ->check(CLI::Range(1'024, 16'777'216));
        add_time(command, "--request-time", settings_.request_time, "Milliseconds for a request to arrive; then 408");
        add_time(command, "--write-time", settings_.write_time, "Milliseconds for a client to take an answer");
        add_time(command, "--idle-time", settings_.idle_time,
                 "Milliseconds a connection may wait for its next request");
        add_time(command, "--stop-time", settings_.stop_time, "Milliseconds a stop waits for requests under way");
        command->callback([this, command] {
            apply_config(*command);
            run_ = [this] { return serve_store(); };
        });
    }

    /// CLI11 reads a configuration for the program as a whole only, not for one of its commands.
    void apply_config(CLI::App& command) const {
        if (config_.empty()) {
            return;
        }
        for (const auto& item : CLI::ConfigTOML().from_file(config_)) {
            auto* option = item.parents.empty() ? command.get_option_no_throw("--" + item.name) : nullptr;
            if (option == nullptr || item.name == "config" || item.name == "help") {
                throw CLI::ConfigError(fmt::format("{}: there is no setting \"{}\"; `shirube serve --help` names them.",
                                                   config_, item.fullname()),
                                       CLI::ExitCodes::ConfigError);
            }
            if (option->count() == 0) {
                option->add_result(item.inputs);
                option->run_callback();
            }
        }
    }

    static void add_time(CLI::App* command, const char* name, std::chrono::milliseconds& time, const char* what) {
        command
            ->add_option_function<std::int64_t>(
                name, [&time](const std::int64_t& value) { time = std::chrono::milliseconds{value}; }, what)
            ->default_str(std::to_string(time.count()))
            ->check(CLI::Range(100, 3'600'000));
    }

    int serve_store() {
        const auto listen = parse_listen(listen_);
        if (!listen) {
            fmt::print(stderr,
                       "--listen: \"{}\" is not of the form ADDRESS:PORT with an IP address, as in 127.0.0.1:8080.\n",
                       listen_);
            return k_exit_wrong_use;
        }
        settings_.address = listen->first;
        settings_.port = listen->second;
        return run_serve_command(store_, settings_, language_);
    }

    void add_search() {
        auto* command = add("search", "Search as the API does");
        for (const auto* name :
             {"near", "radius", "bbox", "within", "q", "programme", "for", "age", "day", "time", "open", "at", "entry",
              "fee", "transport", "feature", "residents_of", "sort", "limit"}) {
            command->add_option_function<std::string>(
                fmt::format("--{}", name),
                [this, name](const std::string& value) { search_.parameters.emplace_back(name, value); },
                fmt::format("As the API's {}", name));
        }
        command->add_option("--format", form_name_, "table, json or geojson")
            ->capture_default_str()
            ->check(CLI::IsMember(names_of(k_search_forms)));
        command->callback([this] {
            run_ = [this] {
                search_.store = store_;
                search_.form = k_search_forms.at(form_name_);
                search_.language = language_;
                return run_search_command(search_);
            };
        });
    }

    void add_coverage() {
        auto* command = add("coverage", "Hold a policy against the store: where is nothing?");
        command->add_option("--policy", coverage_.policy, "Id of a policy, or a JSON file")->required();
        command->add_option("--layer", coverage_.layer, "District layer, where not the policy's own");
        command->add_option("--at", coverage_.at, "Date or time the answer holds for");
        command->add_option("--format", form_name_, "table, json, geojson or csv")
            ->capture_default_str()
            ->check(CLI::IsMember(names_of(k_coverage_forms)));
        command->add_option("-o,--output", coverage_.output, "Write to a file");
        command->callback([this] {
            run_ = [this] {
                coverage_.store = store_;
                coverage_.form = k_coverage_forms.at(form_name_);
                coverage_.language = language_;
                return run_coverage_command(coverage_);
            };
        });
    }

    CLI::App& app_;
    Run run_;
    std::string language_;
    std::filesystem::path store_;
    std::string kind_;
    std::vector<std::string> files_;
    bool complete_ = false;
    bool partial_ = false;
    std::int64_t import_id_ = 0;
    std::string id_;
    std::string text_format_ = "table";
    std::string config_;
    std::string listen_ = "127.0.0.1:8080";
    std::string form_name_ = "table";
    Settings settings_;
    ImportCommand import_;
    TemplateCommand template_;
    LinksCommand links_;
    SearchCommand search_;
    CoverageCommand coverage_;
};

} // namespace

int run_command_line(int argc, char** argv) {
    spdlog::set_default_logger(spdlog::stderr_color_mt("shirube"));
    spdlog::set_pattern("%Y-%m-%dT%H:%M:%S%z %l %v");
    CLI::App app{
        "Shirube: a directory and network map of help for children and families / こどもと家庭の支援の台帳と地図"};
    try {
        Commands commands(app);
        app.parse(argc, argv);
        return commands.chosen()();
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? k_exit_done : k_exit_wrong_use;
    } catch (const directory::StoreError& error) {
        fmt::print(stderr, "{}\n", error.what());
        return k_exit_failed;
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return k_exit_failed;
    }
}

} // namespace shirube::server
