//! Pictures for notifications: judged by their bytes before anything is sent, then uploaded (OPPO reference, section 7).

use std::sync::Arc;
use std::time::Duration;

use imagesize::ImageType;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use strum::{EnumString, IntoStaticStr, VariantNames};

use super::ask::Question;
use super::request::Part;
use super::{Answered, Call};
use crate::failure::{Kind, Problem, Warning};

/// What a picture is for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, EnumString, IntoStaticStr, VariantNames,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum PictureKind {
    /// Below the text of a notification of style 3: PNG or JPEG, at most 1 MiB, 876 × 324 pixels.
    BigPicture,
    /// The icon beside the text: PNG or JPEG, at most 50 KiB, 144 × 144 pixels.
    SmallPicture,
}

/// A picture that OPPO can take.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    pub(crate) kind: PictureKind,
    pub(crate) format: &'static str,
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) bytes: Arc<[u8]>,
    /// SHA-256 of its bytes, in hex.
    pub(crate) digest: String,
    pub(crate) warnings: Vec<Warning>,
}

impl PictureKind {
    pub(crate) fn as_str(self) -> &'static str {
        self.into()
    }

    /// The largest file.
    pub(crate) fn most_bytes(self) -> usize {
        match self {
            PictureKind::BigPicture => 1 << 20,
            PictureKind::SmallPicture => 50 << 10,
        }
    }

    /// Width and height; the second of a big one comes from one source alone.
    fn sizes(self) -> &'static [(usize, usize)] {
        match self {
            PictureKind::BigPicture => &[(876, 324), (984, 369)],
            PictureKind::SmallPicture => &[(144, 144)],
        }
    }

    fn call(self) -> Call {
        match self {
            PictureKind::BigPicture => Call::BigPicture,
            PictureKind::SmallPicture => Call::SmallPicture,
        }
    }

    /// The name of its id, in the answer and in a notification.
    pub(crate) fn id_name(self) -> &'static str {
        match self {
            PictureKind::BigPicture => "big_picture_id",
            PictureKind::SmallPicture => "small_picture_id",
        }
    }
}

impl Picture {
    /// All that is wrong with it, or the picture. Its name says nothing, its bytes do.
    pub(crate) fn judge(kind: PictureKind, bytes: Vec<u8>) -> Result<Picture, Vec<Problem>> {
        let problem = |message: String, hint: String| Problem::new(Kind::BadPicture, message, hint);
        let (sizes, most) = (kind.sizes(), kind.most_bytes());
        let mut problems = Vec::new();
        if bytes.len() > most {
            let message = format!("the picture has more than {most} bytes, the most that OPPO takes");
            problems.push(problem(message, "compress it further, or save it as JPEG".into()));
        }
        let (width, height) = sizes[0];
        let resize = format!("make it {width} × {height} pixels");
        let format = match imagesize::image_type(&bytes) {
            Ok(ImageType::Png) => Some("png"),
            Ok(ImageType::Jpeg) => Some("jpeg"),
            _ => None,
        };
        let size = format.and_then(|_| imagesize::blob_size(&bytes).ok());
        match (format, size) {
            (None, _) => {
                let message = "the picture is neither PNG nor JPEG".to_owned();
                problems.push(problem(message, "save it as PNG or JPEG".into()));
            }
            (Some(_), None) => {
                let message = "the picture is cut off: its width and height can't be read".to_owned();
                problems.push(problem(message, "save it anew".into()));
            }
            (Some(_), Some(size)) if !sizes.contains(&(size.width, size.height)) => {
                let message = format!(
                    "the picture has {} × {} pixels, and OPPO takes {width} × {height}",
                    size.width, size.height
                );
                problems.push(problem(message, resize.clone()));
            }
            _ => {}
        }
        let (Some(format), Some(size), true) = (format, size, problems.is_empty()) else {
            return Err(problems);
        };
        let mut warnings = Vec::new();
        if (size.width, size.height) != sizes[0] {
            let message = format!(
                "the picture has {} × {} pixels, which one source names and OPPO's document does not",
                size.width, size.height
            );
            warnings.push(Warning::new(message, resize).with_id("picture-size-disputed"));
        }
        let digest = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let bytes = bytes.into();
        Ok(Picture { kind, format, width: size.width, height: size.height, bytes, digest, warnings })
    }
}

impl Question {
    /// Kept by OPPO for `ttl`, in whole seconds.
    pub(crate) fn upload(picture: &Picture, ttl: Duration) -> Question {
        let question = Question::new(picture.kind.call()).with("picture_ttl", &ttl.as_secs().to_string());
        let part = Part {
            bytes: picture.bytes.clone(),
            format: picture.format,
            // A boundary must not be in the file; no file holds its own digest.
            boundary: format!("opush-{}", &picture.digest[..40]),
        };
        Question { file: Some(part), ..question }
    }
}

impl Answered {
    /// The id of the uploaded picture.
    pub(crate) fn picture_id(&self, kind: PictureKind) -> Option<String> {
        id(&self.data, kind.id_name())
    }
}

fn id(data: &Map<String, Value>, name: &str) -> Option<String> {
    let id = match data.get(name)? {
        Value::String(id) => id.clone(),
        Value::Number(id) => id.to_string(),
        _ => return None,
    };
    let usable = !id.trim().is_empty() && id.len() <= 256 && !id.chars().any(char::is_control);
    usable.then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The head of a PNG of this size; nothing reads further.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let head = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &width.to_be_bytes(), &height.to_be_bytes()];
        [&head.concat()[..], &[8, 6, 0, 0, 0, 0, 0, 0, 0]].concat()
    }

    #[test]
    fn each_kind_has_its_own_size_and_weight() {
        let wrong = |kind, bytes: Vec<u8>| Picture::judge(kind, bytes).map(|_| ()).map_err(|all| all.len());
        use PictureKind::{BigPicture, SmallPicture};
        assert_eq!(wrong(BigPicture, png(876, 324)), Ok(()));
        assert_eq!(wrong(SmallPicture, png(144, 144)), Ok(()));
        assert_eq!(wrong(BigPicture, png(144, 144)), Err(1));
        assert_eq!(wrong(SmallPicture, png(145, 144)), Err(1));
        for nothing in
            [b"".to_vec(), b"GIF89a".to_vec(), b"\x89PNG\r\n\x1a\n".to_vec(), vec![0xff, 0xd8, 0xff]]
        {
            assert_eq!(wrong(BigPicture, nothing.clone()), Err(1), "{nothing:?}");
        }
        let heavy = [png(145, 144), vec![0; 60 << 10]].concat();
        assert_eq!(wrong(SmallPicture, heavy), Err(2), "both are said");
    }

    #[test]
    fn a_size_of_one_source_alone_is_a_warning() {
        let picture = Picture::judge(PictureKind::BigPicture, png(984, 369)).expect("taken");
        assert_eq!((picture.format, picture.warnings.len()), ("png", 1));
    }

    #[test]
    fn a_picture_goes_out_as_parts_with_its_bytes_as_they_are() {
        let bytes = png(144, 144);
        let picture = Picture::judge(PictureKind::SmallPicture, bytes.clone()).expect("taken");
        let question = Question::upload(&picture, Duration::from_secs(60));
        let base = url::Url::parse("https://media.example").expect("a URL");
        let request = super::super::Request::to(&base, &question, &crate::config::Secret::new("t-1"));
        let (url, crate::transport::Outgoing::Upload(body)) = request.outgoing() else {
            panic!("an upload has a body of bytes")
        };
        assert_eq!(url.as_str(), "https://media.example/server/v1/media/upload/small_picture");
        let boundary = format!("opush-{}", &picture.digest[..40]);
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"auth_token\"\r\n\r\nt-1\r\n\
             --{boundary}\r\nContent-Disposition: form-data; name=\"picture_ttl\"\r\n\r\n60\r\n\
             --{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"picture.png\"\r\n\
             Content-Type: image/png\r\n\r\n"
        );
        assert_eq!(body, [head.as_bytes(), &bytes, format!("\r\n--{boundary}--\r\n").as_bytes()].concat());
        assert!(!format!("{request:?}").contains("t-1"));
    }
}
