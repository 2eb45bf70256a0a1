#include "importers/layouts/template_choices.hpp"

#include "directory/publication.hpp"

namespace shirube::importers {

std::vector<std::string> holiday_labels() { return {"休み", "開く"}; }

std::vector<std::string> visibility_labels() { return {"公開", "職員", "調整機関"}; }

std::vector<std::string> place_labels() { return {"公開", "区域だけ"}; }

std::vector<std::string> withheld_labels() {
    std::vector<std::string> labels;
    for (const auto field : directory::fields_that_may_be_withheld()) {
        labels.emplace_back(directory::label_of(field));
    }
    return labels;
}

std::string in_words(const std::vector<std::string>& choices) {
    std::string words;
    for (const std::string& choice : choices) {
        words += (words.empty() ? "" : "・") + choice;
    }
    return words;
}

std::vector<std::string> choices_of_column(std::string_view column) {
    if (column == "利用方法") {
        return labels_of<Entry>();
    }
    if (column == "送迎") {
        return labels_of<Transport>();
    }
    if (column == "契約") {
        return labels_of<Contract>();
    }
    if (column == "状態") {
        return labels_of<Status>();
    }
    if (column == "確度") {
        return labels_of<Certainty>();
    }
    if (column == "祝日") {
        return holiday_labels();
    }
    if (column == "特徴") {
        return labels_of<Feature>();
    }
    if (column == "対象") {
        return labels_of<ForWhom>();
    }
    if (column == "公開範囲") {
        return visibility_labels();
    }
    if (column == "場所の公開") {
        return place_labels();
    }
    if (column == "公開しない項目") {
        return withheld_labels();
    }
    if (column == "種類") {
        return labels_of<directory::LandmarkKind>();
    }
    if (column == "判定") {
        return {"同じ", "別"};
    }
    if (column == "決めた人") {
        return labels_of<directory::Decider>();
    }
    if (column == "運営主体種別") {
        // Kept as written: these are only the usual ones.
        return {"市",           "区",       "町",       "村",      "県",       "社会福祉協議会",
                "社会福祉法人", "学校法人", "医療法人", "NPO法人", "株式会社", "任意団体"};
    }
    return {};
}

bool takes_other_words(std::string_view column) {
    return column == "特徴" || column == "対象" || column == "運営主体種別" || column == "公開しない項目";
}

} // namespace shirube::importers
