#include "directory/snapshot/fragments.hpp"

#include "directory/snapshot/part.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <thread>

namespace shirube::directory {

namespace {

/// Something short.
template <class Format, class... Values>
void append_formatted(TextBuffer& out, const Format& format, const Values&... values) {
    fmt::basic_memory_buffer<char, 128> text;
    fmt::format_to(std::back_inserter(text), format, values...);
    out.append(text.data(), text.size());
}

/// Where the next byte that JSON escapes stands, or the end: eight bytes a step, as nearly all text needs none.
std::size_t next_escape(std::string_view text, std::size_t from) noexcept {
    constexpr std::uint64_t ones = 0x0101010101010101ULL;
    constexpr std::uint64_t tops = 0x8080808080808080ULL;
    // Top bits of the bytes that are zero (and perhaps of some above such a one).
    const auto zeros = [](std::uint64_t bytes) { return (bytes - ones) & ~bytes & tops; };
    std::size_t at = from;
    for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, text.data() + at, sizeof bytes);
        const std::uint64_t controls = (bytes - ones * 0x20) & ~bytes & tops;
        if ((controls | zeros(bytes ^ ones * '"') | zeros(bytes ^ ones * '\\')) != 0) {
            break;
        }
    }
    const auto escaped = [](char character) {
        const auto byte = static_cast<unsigned char>(character);
        return byte < 0x20 || byte == '"' || byte == '\\';
    };
    while (at < text.size() && !escaped(text[at])) {
        ++at;
    }
    return at;
}

/// With its quotes. Text must be valid UTF-8.
void append_json_string(TextBuffer& out, std::string_view text) {
    out += '"';
    std::size_t plain = 0; // start of what needs no escape
    for (std::size_t i = next_escape(text, 0); i < text.size(); i = next_escape(text, plain)) {
        const auto byte = static_cast<unsigned char>(text[i]);
        out.append(text.substr(plain, i - plain));
        plain = i + 1;
        switch (byte) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                append_formatted(out, FMT_COMPILE("\\u{:04x}"), byte);
        }
    }
    out.append(text.substr(plain));
    out += '"';
}

void append_text_or_null(TextBuffer& out, std::string_view text) {
    if (text.empty()) {
        out += "null";
    } else {
        append_json_string(out, text);
    }
}

void append_number_or_null(TextBuffer& out, const std::optional<int>& number) {
    if (number) {
        append_formatted(out, FMT_COMPILE("{}"), *number);
    } else {
        out += "null";
    }
}

template <class T>
void append_bits(TextBuffer& out, std::uint8_t bits) {
    out += '[';
    bool first = true;
    for (unsigned bit = 0; bit < 8; ++bit) {
        if ((bits >> bit & 1U) == 0) {
            continue;
        }
        if (!first) {
            out += ',';
        }
        append_json_string(out, code_of(static_cast<T>(bit)));
        first = false;
    }
    out += ']';
}

/// `{"chugakkoku":["99201-…"]}` of the memberships that are sure (or that are not).
void append_districts(TextBuffer& out, std::span<const DistrictRow> districts, std::span<const Membership> memberships,
                      bool sure) {
    out += '{';
    std::string_view layer;
    for (const auto& membership : memberships) {
        if (membership.sure != sure) {
            continue;
        }
        const DistrictRow& district = districts[membership.district];
        if (district.layer != layer) {
            if (!layer.empty()) {
                out += "],";
            }
            layer = district.layer;
            append_json_string(out, layer);
            out += ":[";
        } else {
            out += ',';
        }
        append_json_string(out, district.code);
    }
    out += layer.empty() ? "}" : "]}";
}

TextBuffer source_of(const ListRow& list) {
    TextBuffer out;
    out += R"({"list":)";
    append_json_string(out, list.name);
    out += R"(,"publisher":)";
    append_text_or_null(out, list.publisher);
    out += R"(,"licence":)";
    append_text_or_null(out, list.licence);
    out += R"(,"as_of":)";
    append_text_or_null(out, list.as_of);
    out += '}';
    return out;
}

/// What is the same for every service of a programme.
TextBuffer programme_part(const Programme& programme) {
    TextBuffer out;
    out += R"(,"programme":)";
    append_json_string(out, programme.code);
    out += R"(,"programme_label":)";
    append_json_string(out, programme.label.ja);
    return out;
}

void append_geometry(TextBuffer& out, const SiteRow& site) {
    if (!site.position) {
        out += R"(,"geometry":null)";
        return;
    }
    append_formatted(out, FMT_COMPILE(R"(,"geometry":{{"type":"Point","coordinates":[{:.6f},{:.6f}]}})"),
                     site.position->lon, site.position->lat);
}

void append_schedules(TextBuffer& out, const ServiceRow& service) {
    if (service.schedules.empty()) {
        out += "null";
        return;
    }
    std::string words;
    for (const auto& schedule : service.schedules) {
        if (!words.empty()) {
            words += " / ";
        }
        words += in_words(schedule, "ja");
    }
    append_json_string(out, words);
}

/// What many services share, rendered once.
struct SharedParts {
    std::vector<TextBuffer> sources; ///< by the index that services refer to lists with
    std::vector<TextBuffer> programmes;
};

void append_fragment(TextBuffer& out, const Part& part, const SharedParts& shared,
                     std::span<const DistrictRow> districts, const ServiceRow& service) {
    const SiteRow& site = part.site(service.site);
    const auto memberships = part.memberships_of_site(service.site);
    out += R"({"type":"Feature","id":")";
    out += service.id;
    out += '"';
    append_geometry(out, site);
    out += R"(,"properties":{"id":")";
    out += service.id;
    out += R"(","name":)";
    append_json_string(out, site.name);
    out += R"(,"public_name":)";
    append_json_string(out, site.name);
    out += shared.programmes[service.programme].view();
    out += R"(,"site":")";
    out += site.id;
    out += R"(","organization":)";
    append_text_or_null(
        out, service.organization == k_no_index ? std::string_view{} : part.organization(service.organization).name);
    out += R"(,"address":)";
    append_text_or_null(out, site.address);
    out += R"(,"building":)";
    append_text_or_null(out, site.building);
    out += R"(,"municipality":)";
    append_text_or_null(out, site.municipality);
    out += R"(,"municipality_name":)";
    append_text_or_null(out, site.municipality_name);
    out += R"(,"districts":)";
    append_districts(out, districts, memberships, true);
    out += R"(,"districts_possible":)";
    append_districts(out, districts, memberships, false);
    out += R"(,"schedule_text":)";
    append_schedules(out, service);
    out += R"(,"ages":{"from_months":)";
    append_number_or_null(out, service.from_age_months);
    out += R"(,"to_months":)";
    append_number_or_null(out, service.to_age_months);
    out += R"(},"stage":)";
    append_text_or_null(out, service.stage);
    out += R"(,"for":)";
    append_bits<ForWhom>(out, service.for_whom);
    out += R"(,"entry":")";
    out += code_of(service.entry);
    out += R"(","fee":")";
    out += code_of(service.fee);
    out += R"(","fee_text":)";
    append_text_or_null(out, service.fee_text);
    out += R"(,"transport":")";
    out += code_of(service.transport);
    out += R"(","capacity":)";
    append_number_or_null(out, service.capacity);
    out += R"(,"department":)";
    append_text_or_null(out, service.department);
    out += R"(,"features":)";
    append_bits<Feature>(out, service.features);
    out += R"(,"phone":)";
    append_text_or_null(out, service.phone);
    out += R"(,"url":)";
    append_text_or_null(out, service.url);
    out += R"(,"certainty":")";
    out += code_of(service.certainty);
    out += R"(","last_confirmed_on":)";
    append_text_or_null(out, service.last_confirmed_on ? to_string(*service.last_confirmed_on) : std::string{});
    out += R"(,"position_quality":")";
    out += code_of(site.quality);
    out += R"(","accuracy_m":)";
    if (site.accuracy_m) {
        append_formatted(out, FMT_COMPILE("{:.0f}"), *site.accuracy_m);
    } else {
        out += "null";
    }
    out += R"(,"source":)";
    out += service.list == k_no_index ? std::string_view{"null"} : shared.sources[service.list].view();
}

} // namespace

std::string staff_fragment(const SiteRow& site, const ServiceRow& service) {
    TextBuffer out;
    out += R"(,"visibility":")";
    out += code_of(service.visibility);
    out += R"(","owner":)";
    append_text_or_null(out, service.owner);
    out += R"(,"official_name":)";
    append_text_or_null(out, site.official_name);
    out += R"(,"place_is_for_staff":)";
    out += service.staff && service.staff->place_is_for_staff ? "true" : "false";
    out += R"(,"staff":[)";
    bool first = true;
    for (const auto& said : service.staff ? service.staff->says : std::vector<StaffReading>{}) {
        out += first ? R"({"referral_route":)" : R"(,{"referral_route":)";
        first = false;
        append_text_or_null(out, said.referral_route);
        out += R"(,"vacancy":)";
        append_number_or_null(out, said.vacancy);
        out += R"(,"vacancy_on":)";
        append_text_or_null(out, said.vacancy_on ? to_string(*said.vacancy_on) : std::string{});
        out += R"(,"contact":)";
        append_text_or_null(out, said.contact);
        out += R"(,"withheld":[)";
        for (std::size_t i = 0; i < said.withheld.size(); ++i) {
            out += i == 0 ? "" : ",";
            append_json_string(out, code_of(said.withheld[i]));
        }
        out += "]}";
    }
    out += ']';
    return std::string{out.view()};
}

Fragments::Fragments(const Part& part, const Taxonomy& taxonomy, std::span<const DistrictRow> districts) {
    SharedParts shared;
    const auto lists = static_cast<std::uint32_t>(part.first_list + part.lists.size());
    for (std::uint32_t list = 0; list < lists; ++list) {
        shared.sources.push_back(source_of(part.list(list)));
    }
    for (const auto& programme : taxonomy.programmes()) {
        shared.programmes.push_back(programme_part(programme));
    }
    constexpr std::size_t pieces = 2;
    const std::size_t count = part.services.size();
    piece_size_ = std::max<std::size_t>(1, (count + pieces - 1) / pieces);
    pieces_.resize(pieces);
    const auto render = [&](std::size_t number) {
        constexpr std::size_t bytes_of_fragment = 1'300;
        Piece& piece = pieces_[number];
        const auto from = std::min(count, number * piece_size_);
        const auto to = std::min(count, from + piece_size_);
        piece.text = TextBuffer((to - from) * bytes_of_fragment);
        piece.first.reserve(to - from + 1);
        for (std::size_t i = from; i < to; ++i) {
            piece.first.push_back(piece.text.size());
            append_fragment(piece.text, part, shared, districts, part.services[i]);
        }
        piece.first.push_back(piece.text.size());
    };
    std::jthread beside([&] { render(1); });
    render(0);
}

} // namespace shirube::directory
