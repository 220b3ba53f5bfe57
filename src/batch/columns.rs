//! The columns of a row, the names that they go by, and a person's own names for them (`--map`).

use crate::failure::{Kind, Problem};

/// What a column holds. Any other column may be used by a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::VariantArray)]
pub(crate) enum Column {
    RegId,
    Alias,
    User,
    Title,
    Content,
    Ext,
    Click,
    Ttl,
    Channel,
    Category,
    Certificate,
}

impl Column {
    pub(super) const COUNT: usize = 11;

    pub(crate) fn name(self) -> &'static str {
        match self {
            Column::RegId => "reg_id",
            Column::Alias => "alias",
            Column::User => "user",
            Column::Title => "title",
            Column::Content => "content",
            Column::Ext => "ext",
            Column::Click => "click",
            Column::Ttl => "ttl",
            Column::Channel => "channel",
            Column::Category => "category",
            Column::Certificate => "certificate",
        }
    }

    /// The column of that name; case, `_`, `-` and spaces do not matter.
    fn known(header: &str) -> Option<Column> {
        let letters = header.chars().filter(|c| !matches!(c, '_' | '-' | ' '));
        Some(match letters.flat_map(char::to_lowercase).collect::<String>().as_str() {
            "regid" | "registrationid" | "token" | "推送令牌" | "设备令牌" => Column::RegId,
            "alias" | "别名" => Column::Alias,
            "user" | "userid" | "用户" | "用户id" => Column::User,
            "title" | "标题" => Column::Title,
            "content" | "内容" | "正文" => Column::Content,
            "ext" | "actionparameters" | "扩展" => Column::Ext,
            "click" | "点击" => Column::Click,
            "ttl" | "offlinettl" => Column::Ttl,
            "channel" | "channelid" | "通道" => Column::Channel,
            "category" | "分类" => Column::Category,
            "certificate" | "certificateid" | "businessid" | "证书" => Column::Certificate,
            _ => return None,
        })
    }
}

/// Which column of a CSV file holds what.
pub(super) type Held = [Option<usize>; Column::COUNT];

/// The column that goes by this name.
pub(super) fn known(name: &str) -> Option<Column> {
    Column::known(name)
}

/// A person's own names of columns; `None` passes a column over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ColumnMap(Vec<(String, Option<Column>)>);

impl ColumnMap {
    /// Of pairs `HEADER=column`, several joined by commas; `HEADER=-` leaves a column to templates.
    pub(crate) fn parse(pairs: &[String]) -> Result<ColumnMap, Vec<Problem>> {
        let mut map = ColumnMap::default();
        let mut problems = Vec::new();
        for pair in pairs.iter().flat_map(|text| text.split(',')) {
            let wrong = |message: String| {
                let hint = "write HEADER=reg_id, alias, user, title, content, ext, click, ttl, channel, category or certificate, or HEADER=-";
                Problem::new(Kind::MalformedFlag, message, hint).at("--map")
            };
            match pair.rsplit_once('=').map(|(header, column)| (header.trim(), column.trim())) {
                Some(("", _)) => {
                    problems.push(wrong(format!("{pair:?} is not HEADER=column")));
                }
                Some((header, _)) if map.0.iter().any(|(known, _)| known == header) => {
                    problems.push(wrong(format!("{header:?} is mapped twice")));
                }
                Some((header, "-")) => map.0.push((header.to_owned(), None)),
                Some((header, name)) => match Column::known(name) {
                    Some(column) => map.0.push((header.to_owned(), Some(column))),
                    None => problems.push(wrong(format!("there is no column {name:?}"))),
                },
                None => problems.push(wrong(format!("{pair:?} is not HEADER=column"))),
            }
        }
        if problems.is_empty() { Ok(map) } else { Err(problems) }
    }

    pub(super) fn meaning(&self, header: &str) -> Option<Column> {
        match self.0.iter().find(|(mapped, _)| mapped == header) {
            Some((_, column)) => *column,
            None => Column::known(header),
        }
    }

    /// The headers that are mapped.
    pub(super) fn headers(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(header, _)| header.as_str())
    }

    /// Whether a person left this column to templates.
    pub(super) fn passes_over(&self, header: &str) -> bool {
        self.0.iter().any(|(mapped, column)| mapped == header && column.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_go_by_many_names_and_a_person_s_own() {
        let map = ColumnMap::parse(&["手机=reg_id,注=-".into()]).unwrap();
        assert_eq!(map.meaning("手机"), Some(Column::RegId));
        assert_eq!(map.meaning("注"), None);
        assert_eq!(map.meaning("Reg-ID"), Some(Column::RegId));
        assert_eq!(map.meaning("标题"), Some(Column::Title));
        assert_eq!(map.meaning("city"), None);
        assert_eq!(
            ColumnMap::parse(&["a".into(), "=title".into(), "b=x".into(), "c=title,c=-".into()])
                .unwrap_err()
                .len(),
            4
        );
    }
}
