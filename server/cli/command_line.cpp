#include "server/cli/command_line.hpp"

#include "directory/store.hpp"
#include "server/cli/agreements_command.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/help_words.hpp"
#include "server/cli/network_command.hpp"
#include "server/cli/seeds_command.hpp"
#include "server/cli/serve_options.hpp"
#include "server/cli/spoken.hpp"
#include "server/cli/user_command.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <cstdlib>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

namespace {

/// ja or en by the locale of the terminal.
std::string language_of_locale() {
    for (const auto* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const auto* value = std::getenv(name);
        if (value != nullptr && *value != '\0') {
            return std::string_view{value}.starts_with("ja") ? "ja" : "en";
        }
    }
    return "en";
}

/// --lang wherever it stands. It is looked for before the command line is parsed: the help is written for it.
std::string language_of(std::span<char* const> arguments) {
    constexpr std::string_view k_option = "--lang";
    constexpr std::string_view k_with_value = "--lang=";
    std::string language = language_of_locale();
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        const std::string_view argument = arguments[i];
        std::string_view value;
        if (argument.starts_with(k_with_value)) {
            value = argument.substr(k_with_value.size());
        } else if (argument == k_option && i + 1 < arguments.size()) {
            value = arguments[i + 1];
        }
        if (value == "ja" || value == "en") {
            language = value;
        }
    }
    return language;
}

const std::map<std::string, TextForm> k_search_forms{
    {"table", TextForm::table}, {"json", TextForm::json}, {"geojson", TextForm::geojson}};
const std::map<std::string, TextForm> k_coverage_forms{{"table", TextForm::table},     {"json", TextForm::json},
                                                       {"geojson", TextForm::geojson}, {"csv", TextForm::csv},
                                                       {"xlsx", TextForm::xlsx},       {"gpkg", TextForm::gpkg}};

std::vector<std::string> names_of(const std::map<std::string, TextForm>& forms) {
    std::vector<std::string> names;
    names.reserve(forms.size());
    for (const auto& [name, form] : forms) {
        names.push_back(name);
    }
    return names;
}

/// What a parsed command line asks to be run.
using Run = std::function<int()>;

/// What `shirube search` may be asked, named as the API's parameters.
constexpr std::pair<const char*, Spoken> k_search_parameters[] = {
    {"near", {"さがす中心。経度,緯度", "Where to search around: longitude,latitude"}},
    {"radius", {"中心からの距離（メートル）。--near とともに", "Metres around --near"}},
    {"bbox", {"範囲。西,南,東,北（度）", "west,south,east,north in degrees"}},
    {"within", {"区域。層:コード", "A district: layer:code"}},
    {"q", {"名前や住所の言葉", "Words in names and addresses"}},
    {"programme", {"事業のコード。コンマで区切る", "Codes of programmes, parted by commas"}},
    {"for",
     {"だれのため。expecting、parents、young_carer、foreign_roots、disability",
      "For whom: expecting, parents, young_carer, foreign_roots, disability"}},
    {"age", {"年齢（2）か月齢（8m）", "An age in years (2) or months (8m)"}},
    {"day", {"曜日。mon、tue、wed、thu、fri、sat、sun", "mon, tue, wed, thu, fri, sat or sun"}},
    {"time", {"時刻。10:30 の形", "A time of day, as in 10:30"}},
    {"open", {"そのとき開いている。now か日時", "Open then: now, or a date and time"}},
    {"at", {"いつの答えか。日付か日時", "Date or time the answer holds for"}},
    {"entry",
     {"使い方。drop_in、register、apply、referral、municipal_decision、unknown",
      "drop_in, register, apply, referral, municipal_decision or unknown"}},
    {"fee", {"料金。free、paid、unknown", "free, paid or unknown"}},
    {"transport",
     {"送迎。none、guardian、provider、municipality、coordinator、unknown",
      "none, guardian, provider, municipality, coordinator or unknown"}},
    {"feature",
     {"特徴。parking、stroller、private_room、step_free、online、visiting",
      "parking, stroller, private_room, step_free, online, visiting"}},
    {"use_contract",
     {"その住民が使うときの契約（--residents_of とともに）", "Contract on which they may (with --residents_of)"}},
    {"residents_of", {"使う人の住む市区町村のコード", "Code of the municipality whose residents may use it"}},
    {"sort", {"並び。distance、name、updated", "distance, name or updated"}},
    {"limit", {"いくつまで示すか", "How many to show"}},
};

class Commands {
  public:
    Commands(CLI::App& app, const std::string& language) : app_(app), language_(language), serve_(language) {
        app.description(say({"しるべ：こどもと家庭の支援の台帳と地図",
                             "Shirube: a directory and network map of help for children and families"}));
        app.formatter(help_formatter(language));
        app.failure_message([language](const CLI::App* failed, const CLI::Error& error) {
            return wrong_use_in_words(*failed, error, language);
        });
        app.require_subcommand(1);
        app.set_help_flag("-h,--help", say({"この説明を示して終わる", "Print this help and exit"}));
        app.set_version_flag("--version", "shirube " SHIRUBE_VERSION,
                             say({"版を示して終わる", "Print the version and exit"}));
        app.add_option("--lang", language_, say({"表示の言葉", "Language of messages"}))
            ->check(CLI::IsMember({"ja", "en"}))
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
        add_import();
        add_template();
        add_history();
        add_serve();
        add_search();
        add_coverage();
        add_network_command(app, language_, run_);
        add_seeds_commands(app, language_, run_);
        add_user_commands(app, language_, run_);
        add_agreements_commands(app, language_, run_);
    }

    [[nodiscard]] const Run& chosen() const noexcept { return run_; }

  private:
    [[nodiscard]] const char* say(const Spoken& words) const { return words.in(language_); }

    CLI::App* add(const char* name, const Spoken& what) {
        auto* command = app_.add_subcommand(name, say(what));
        command->group(say({"コマンド", "Commands"}));
        command->fallthrough(); // --lang may stand after the command too
        return command;
    }

    CLI::App* add_on_store(const char* name, const Spoken& what) {
        auto* command = add(name, what);
        const std::string nameless = say({"ファイル名を書いてください。", "Name a file."});
        command->add_option("--store", store_, say({"保存先のファイル", "The store, a file"}))
            ->required()
            ->check([nameless](const std::string& file) { return file.empty() ? nameless : std::string(); });
        return command;
    }

    void add_import() {
        auto* command = add_on_store("import", {"台帳を保存先に取り込む", "Load lists into the store"});
        command
            ->add_option(
                "kind", kind_,
                say({"区域、事業、人口、需要の数、町名、祝日、目印、つながりと会議体、訪問支援員の数、手直しのどれか（"
                     "左の順）",
                     "districts, resources, population, needs, gazetteer, holidays, landmarks, relations, helpers or "
                     "corrections"}))
            ->required()
            ->check(CLI::IsMember({"districts", "resources", "population", "needs", "gazetteer", "holidays",
                                   "landmarks", "relations", "helpers", "corrections"}));
        auto& options = import_.options;
        const auto add_text = [&](const char* name, auto& value, const Spoken& words) {
            return command->add_option(name, value, say(words));
        };
        add_text("files", files_, {"ファイル（町名はフォルダーでも）", "Files (a folder for the gazetteer)"})
            ->required();
        add_text("--profile", options.profile,
                 {"様式。自動で見分けないとき", "The layout, where it is not to be recognised"});
        add_text("--municipality", options.municipality,
                 {"ファイルが述べる市区町村のコード", "Code of the municipality the files speak of"});
        add_text("--owner", options.owner,
                 {"公開しない行を見せる職員の市区町村のコード。なければ場所の市区町村",
                  "Code of the municipality whose staff may see hidden rows; without it, that of each place"});
        add_text("--layer", options.layer,
                 {"区域の層。なければ、ファイルの版の層", "District layer; without it, what the file's edition holds"});
        add_text(
            "--terms", options.terms,
            {"市区町村ごとの利用条件の表（表かブック）", "Sheet of terms per municipality (a table or a workbook)"});
        command
            ->add_option_function<std::string>(
                "--terms-policy",
                [&options](const std::string& policy) {
                    options.terms_policy =
                        policy == "flag" ? importers::TermsPolicy::flag : importers::TermsPolicy::refuse;
                },
                say({"再利用を認めない市区町村の行をどうするか（refuse 取り込まない、flag 注意をつける）",
                     "What happens to rows of municipalities that do not allow reuse"}))
            ->default_str("refuse")
            ->check(CLI::IsMember({"refuse", "flag"}));
        add_text("--list", options.list, {"保存先での台帳の名前", "Name of the list in the store"});
        add_text("--publisher", options.publisher, {"台帳を公表している人", "Who publishes the list"});
        add_text("--source", options.source, {"台帳の入手先", "Where the list was taken from"});
        add_text("--licence", options.licence, {"台帳の利用条件", "Terms of the list"});
        add_text("--as-of", options.as_of,
                 {"台帳の時点：2026-04-01、2026-04、2026 のどれか", "The list's date: 2026-04-01, 2026-04 or 2026"});
        add_text("--covers", options.covers,
                 {"台帳が述べる範囲：事業@市区町村。いくつかあれば ; で区切る",
                  "PROGRAMMES@MUNICIPALITIES, several separated by ';'"});
        auto* complete = command->add_flag(
            "--complete", complete_,
            say({"台帳がすべてを載せている（ないものは、ない）", "The list holds all there is: absence means none"}));
        auto* partial =
            command->add_flag("--partial", partial_,
                              say({"台帳は一部を載せている（ふつうはこれ）", "The list holds some (the default)"}));
        complete->excludes(partial);
        command
            ->add_option("--within", options.within_km,
                         say({"駅と学校の目印は、地名辞典の町からこの距離（km）まで。0 なら全部",
                              "Stations and schools up to so many km from the gazetteer's towns; 0 takes all"}))
            ->check(CLI::Range(0.0, 500.0))
            ->capture_default_str();
        command->add_flag("--dry-run", options.dry_run,
                          say({"試すだけで、何も保存しない", "Try everything, keep nothing"}));
        command->add_flag("--explain", options.explain,
                          say({"列ごとに、何と読んだかを示す", "Show column by column what was recognised"}));
        add_text("--report", import_.report, {"報告を JSON で書く", "Write the report as JSON"});
        add_text("--rejects", import_.rejects,
                 {"取り込めない行を理由とともに書く（直して使う）：名前.csv か 名前.xlsx",
                  "Write rejected rows with their reasons, to be mended: FILE.csv or FILE.xlsx"});
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
        auto* command =
            add("template", {"台帳のひな形を書く：CSV、XLSX、ODS", "Write a template of a list: CSV, XLSX or ODS"});
        command->add_option("name", template_.name,
                            say({"ひな形の名前。なければ一覧を示す", "Which; without it they are listed"}));
        command->add_option("-o,--output", template_.output,
                            say({"書くファイル：名前.csv、名前.xlsx、名前.ods", "FILE.csv, FILE.xlsx or FILE.ods"}));
        command->callback([this] {
            run_ = [this] {
                template_.language = language_;
                return run_template_command(template_);
            };
        });
    }

    void add_history() {
        add_on_store("imports", {"取り込みの履歴を示す", "List what was imported"})->callback([this] {
            run_ = [this] { return run_imports_command(store_, language_); };
        });
        auto* undo = add_on_store("undo", {"取り込みを取り消す", "Take an import back"});
        undo->add_option("import", import_id_,
                         say({"取り込みの番号（`shirube imports` が示すもの）",
                              "Number of the import, as `shirube imports` lists it"}))
            ->required();
        undo->callback([this] { run_ = [this] { return run_undo_command(store_, import_id_, language_); }; });
        add_links();
        auto* history = add_on_store("history", {"一つの実施や場所について、各取り込みが述べたこと",
                                                 "What every import said of a service or a site"});
        history->add_option("id", id_, say({"公開の ID", "Its public id"}))->required();
        history->add_option("--format", text_format_, say({"形：table 表、json", "table or json"}))
            ->capture_default_str()
            ->check(CLI::IsMember({"table", "json"}));
        history->callback(
            [this] { run_ = [this] { return run_history_command(store_, id_, text_form(), language_); }; });
        add_on_store("check", {"壊れ、孤児、位置のない場所、古い情報を調べる",
                               "Look for damage, orphans, unlocated and stale places"})
            ->callback([this] { run_ = [this] { return run_check_command(store_, language_); }; });
        add_on_store("reports", {"公開ページから届いた「ここがちがう」のうち、まだ確かめていないもの",
                                 "What the public says is wrong and nobody has looked at yet"})
            ->callback([this] { run_ = [this] { return run_reports_command(store_, language_); }; });
        add_on_store("unmet",
                     {"相談員が「見つからなかった」と数えたもの。伏せていないので、この表を外に出さないこと",
                      "What caseworkers counted as not found. Nothing is withheld here: the table stays inside"})
            ->callback([this] { run_ = [this] { return run_unmet_command(store_, language_); }; });
    }

    void add_links() {
        auto* links = add_on_store("links", {"同じ場所かもしれない組を、理由とともに示す",
                                             "List pairs of places that may be one, with what speaks for it"});
        links
            ->add_option("--format", text_format_,
                         say({"形：table 表、json、csv（判定を書いて取り込む手直しの台帳）",
                              "table, json or csv (a list of corrections to fill in and import)"}))
            ->capture_default_str()
            ->check(CLI::IsMember({"table", "json", "csv"}));
        links->add_flag_callback(
            "--csv", [this] { text_format_ = "csv"; }, say({"--format csv と同じ", "The same as --format csv"}));
        links->add_option("-o,--output", links_.output,
                          say({"手直しの台帳を書くファイル：名前.csv、名前.xlsx、名前.ods",
                               "Write the list of corrections: FILE.csv, FILE.xlsx or FILE.ods"}));
        links->callback([this] {
            run_ = [this] {
                links_.store = store_;
                links_.form = text_form();
                links_.language = language_;
                return run_links_command(links_);
            };
        });
    }

    [[nodiscard]] TextForm text_form() const {
        return text_format_ == "json" ? TextForm::json : text_format_ == "csv" ? TextForm::csv : TextForm::table;
    }

    void add_serve() {
        auto* command = add_on_store("serve", {"案内を HTTP で動かす", "Serve the directory over HTTP"});
        serve_.add_to(*command);
        command->callback([this, command] {
            serve_.read_config(*command);
            run_ = [this] { return serve_store(); };
        });
    }

    int serve_store() {
        const auto settings = serve_.settings();
        if (!settings) {
            fmt::print(stderr, "{}\n", settings.error());
            return k_exit_wrong_use;
        }
        return run_serve_command(store_, *settings, language_);
    }

    void add_search() {
        auto* command = add_on_store("search", {"API と同じようにさがす", "Search as the API does"});
        for (const auto& [name, words] : k_search_parameters) {
            command->add_option_function<std::string>(
                fmt::format("--{}", name),
                [this, name = name](const std::string& value) { search_.parameters.emplace_back(name, value); },
                say(words));
        }
        command->add_option("--format", form_name_, say({"形：table 表、json、geojson", "table, json or geojson"}))
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
        auto* command = add_on_store("coverage", {"判定基準をあてて、何もない区域をさがす",
                                                  "Hold a policy against the store: where is nothing?"});
        command
            ->add_option("--policy", coverage_.policy,
                         say({"判定基準の ID か JSON ファイル", "Id of a policy, or a JSON file"}))
            ->required();
        command->add_option("--layer", coverage_.layer,
                            say({"区域の層。なければ判定基準のもの", "District layer, where not the policy's own"}));
        command->add_option("--at", coverage_.at,
                            say({"いつの答えか。日付か日時", "Date or time the answer holds for"}));
        command
            ->add_option(
                "--format", form_name_,
                say({"形：table 表、json、geojson、csv、xlsx（Excel）、gpkg（GeoPackage）。xlsx と gpkg は -o "
                     "が要ります",
                     "table, json, geojson, csv, xlsx (a workbook) or gpkg (a GeoPackage); these two need -o"}))
            ->capture_default_str()
            ->check(CLI::IsMember(names_of(k_coverage_forms)));
        command->add_option("-o,--output", coverage_.output, say({"書くファイル", "Write to a file"}));
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
    std::string form_name_ = "table";
    ServeOptions serve_;
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
    CLI::App app{"", "shirube"};
    try {
        Commands commands(app, language_of(std::span(argv, static_cast<std::size_t>(argc))));
        app.parse(argc, argv);
        return commands.chosen()();
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? k_exit_done : k_exit_wrong_use;
    } catch (const directory::AccountsError& error) {
        fmt::print(stderr, "{}\n", error.what());
        return k_exit_failed;
    } catch (const directory::StoreError& error) {
        fmt::print(stderr, "{}\n", error.what());
        return k_exit_failed;
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return k_exit_failed;
    }
}

} // namespace shirube::server
